using System.Net;
using AngleSharp;
using AngleSharp.Dom;
using Deliverybot.Sandbox;
using Deliverybot.Sandbox.Page;
using Deliverybot.Sandbox.World;
using Deliverybot.Tests.Harness;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.TryOut;

/// <summary>The stand-in's pages as the try-out has them, and who fills in their forms.</summary>
internal sealed class StandIn : IAsyncDisposable
{
    public HttpClient Http { get; } = new(new SocketsHttpHandler { AllowAutoRedirect = false });

    public SandboxServer Server { get; private set; } = null!;

    public GitHubWorld World => Server.World;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask StartAsync(bool runner = false)
    {
        Server = await SandboxServer.StartAsync(
            new SandboxServerOptions
            {
                App = TestApp.Credentials,
                Seed = true,
                Runner = runner,
                MapPages = (web, gitHub) => StandInPages.Map(web, gitHub, new Uri("http://localhost:5000")),
            },
            Stop);
        Http.BaseAddress = Server.Url;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (Server is not null)
        {
            await Server.DisposeAsync();
        }
    }

    public Repository Repository(string fullName) => World.FindRepository(fullName)!;

    public async Task<IDocument> PageAsync(string path)
    {
        var html = await Http.GetStringAsync(path, Stop);
        return await BrowsingContext.New().OpenAsync(response => response.Content(html), Stop);
    }

    public Task<HttpResponseMessage> PostAsync(string path, params (string Name, string Value)[] fields) => Http.SendAsync(Form(path, fields), Stop);

    /// <summary>Sends a form that does what it is for.</summary>
    /// <returns>Where it leads.</returns>
    public async Task<string> DoAsync(string path, params (string Name, string Value)[] fields)
    {
        using var answer = await PostAsync(path, fields);
        answer.StatusCode.ShouldBe(HttpStatusCode.Found, await answer.Content.ReadAsStringAsync(Stop));
        return answer.Headers.Location!.ToString();
    }

    /// <summary>Sends a form that can't do that, or not for this person.</summary>
    /// <returns>What the page says about it.</returns>
    public async Task<string> TryAsync(HttpStatusCode status, string path, params (string Name, string Value)[] fields)
    {
        using var answer = await PostAsync(path, fields);
        answer.StatusCode.ShouldBe(status);
        var page = await BrowsingContext.New().OpenAsync(response => response.Content(answer.Content.ReadAsStream(Stop)), Stop);
        page.QuerySelector("h1")!.TextContent.ShouldBe("Not done");
        page.QuerySelector("main a.button")!.GetAttribute("href").ShouldNotBeNullOrEmpty();
        return page.QuerySelector("[role=alert]")!.TextContent;
    }

    /// <summary>Awaits what becomes true by something that happens in this world.</summary>
    public async Task UntilAsync(Func<bool> isTrue)
    {
        using var happened = new SemaphoreSlim(0);
        void OnHappened(WorldEvent what) => happened.Release();
        World.Happened += OnHappened;
        try
        {
            while (!isTrue())
            {
                (await happened.WaitAsync(TimeSpan.FromSeconds(20), Stop)).ShouldBeTrue("nothing happens any more");
            }
        }
        finally
        {
            World.Happened -= OnHappened;
        }
    }

    public static HttpRequestMessage Form(string path, params (string Name, string Value)[] fields) => new(HttpMethod.Post, path)
    {
        Content = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))),
    };
}

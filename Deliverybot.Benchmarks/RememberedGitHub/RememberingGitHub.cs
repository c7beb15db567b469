using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using Deliverybot.Sandbox;

namespace Deliverybot.Benchmarks.RememberedGitHub;

/// <summary>
/// Stands before a stand-in GitHub and remembers what it has said: what is read again is answered from memory, so that pages can be
/// measured without GitHub's time. Whatever changes something there is passed on.
/// </summary>
internal sealed class RememberingGitHub : IAsyncDisposable
{
    private static readonly string[] Answered = ["ETag", "Link", "Location", "X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset", "X-GitHub-Media-Type"];
    private static readonly string[] Asked = ["Authorization", "Accept", "If-None-Match", "User-Agent", "X-GitHub-Api-Version"];

    private readonly WebApplication app;
    private readonly HttpClient behind;
    private readonly ConcurrentDictionary<string, RememberedAnswer> remembered = new();

    private RememberingGitHub(SandboxServer server, int port)
    {
        Behind = server;
        behind = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = server.Url };
        Url = new Uri($"http://127.0.0.1:{port}");
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        app = builder.Build();
        app.Run(AnswerAsync);
    }

    public SandboxServer Behind { get; }

    public Uri Url { get; }

    public static async Task<RememberingGitHub> StartAsync(int port, AppCredentials credentials, CancellationToken cancellationToken)
    {
        var server = await SandboxServer.StartAsync(new SandboxServerOptions { App = credentials, RateLimit = 1_000_000 }, cancellationToken);
        var gitHub = new RememberingGitHub(server, port);
        await gitHub.app.StartAsync(cancellationToken);
        return gitHub;
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        behind.Dispose();
        await Behind.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var request = context.Request;
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, context.RequestAborted);
        var isRead = HttpMethods.IsGet(request.Method) || request.Path.Value!.EndsWith("/graphql", StringComparison.Ordinal);
        var key = string.Join('\n', [request.Method, $"{request.Path}{request.QueryString}", .. Asked.Select(name => $"{request.Headers[name]}"), Convert.ToHexString(SHA256.HashData(body.ToArray()))]);
        if (!isRead || !remembered.TryGetValue(key, out var answer))
        {
            answer = await AskAsync(request, body.ToArray(), context.RequestAborted);
            if (isRead && !request.Path.StartsWithSegments("/login") && answer.Status < 500)
            {
                remembered[key] = answer;
            }
        }

        await answer.WriteAsync(context.Response, context.RequestAborted);
    }

    private async Task<RememberedAnswer> AskAsync(HttpRequest request, byte[] body, CancellationToken cancellationToken)
    {
        using var asked = new HttpRequestMessage(new HttpMethod(request.Method), $"{request.Path}{request.QueryString}");
        foreach (var name in Asked.Where(name => request.Headers.ContainsKey(name)))
        {
            asked.Headers.TryAddWithoutValidation(name, (string?)request.Headers[name]);
        }

        if (body.Length > 0)
        {
            asked.Content = new ByteArrayContent(body);
            asked.Content.Headers.TryAddWithoutValidation("Content-Type", request.ContentType);
        }

        using var answer = await behind.SendAsync(asked, cancellationToken);
        var headers = Answered.Where(answer.Headers.Contains).ToDictionary(name => name, name => string.Join(", ", answer.Headers.GetValues(name)));
        return new RememberedAnswer(
            (int)answer.StatusCode, headers, $"{answer.Content.Headers.ContentType}", await answer.Content.ReadAsByteArrayAsync(cancellationToken));
    }
}

using System.Net;
using System.Net.Http.Headers;
using Deliverybot.Sandbox.Processes;
using Deliverybot.Site;
using Deliverybot.Tests.Harness;
using Microsoft.AspNetCore.Builder;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Site.Operations;

/// <summary>Who gets at metrics, by what is set.</summary>
public sealed class ScrapeRightsTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private const string Token = "a-token-that-nobody-guesses";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("web,worker")]
    [InlineData("worker")]
    public async Task Where_nothing_is_set_there_are_no_metrics(string roles)
    {
        await using var site = await StartAsync(roles);

        (await StatusAsync(site.Url, token: null)).ShouldBe(HttpStatusCode.NotFound);
        (await StatusAsync(site.Url, Token)).ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("web,worker")]
    [InlineData("web")]
    [InlineData("worker")]
    public async Task With_a_token_only_whoever_bears_it_sees_them(string roles)
    {
        await using var site = await StartAsync(roles, $"--Metrics:Token={Token}");
        var url = site.Url;

        (await StatusAsync(url, token: null)).ShouldBe(HttpStatusCode.Unauthorized);
        (await StatusAsync(url, "another")).ShouldBe(HttpStatusCode.Unauthorized);
        (await StatusAsync(url, Token + "s")).ShouldBe(HttpStatusCode.Unauthorized);
        (await StatusAsync(url, Token[..^1])).ShouldBe(HttpStatusCode.Unauthorized);
        (await StatusAsync(url, Token.ToUpperInvariant())).ShouldBe(HttpStatusCode.Unauthorized);
        (await StatusAsync(url, Token, "Basic")).ShouldBe(HttpStatusCode.Unauthorized);
        (await StatusAsync(url, Token)).ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("web,worker")]
    [InlineData("worker")]
    public async Task With_a_port_they_are_there_and_nowhere_else_and_nothing_else_is(string roles)
    {
        var port = $"http://127.0.0.1:{FreePorts.Next()}";
        await using var site = await StartAsync(roles, $"--Metrics:Port={new Uri(port).Port}");

        (await StatusAsync(port, token: null)).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(port, token: null, path: "/_/health/live")).ShouldBe(HttpStatusCode.NotFound);
        (await StatusAsync(port, token: null, path: "/")).ShouldBe(HttpStatusCode.NotFound);
        (await StatusAsync(site.Url, token: null)).ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task With_both_the_token_is_asked_for_at_the_port_and_opens_nothing_where_the_pages_are()
    {
        var port = $"http://127.0.0.1:{FreePorts.Next()}";
        await using var site = await StartAsync("web,worker", $"--Metrics:Port={new Uri(port).Port}", $"--Metrics:Token={Token}");

        (await StatusAsync(port, token: null)).ShouldBe(HttpStatusCode.Unauthorized);
        (await StatusAsync(port, "another")).ShouldBe(HttpStatusCode.Unauthorized);
        (await StatusAsync(port, Token)).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(site.Url, Token)).ShouldBe(HttpStatusCode.NotFound);
    }

    private static async Task<HttpStatusCode> StatusAsync(string url, string? token, string scheme = "Bearer", string path = "/_/metrics")
    {
        using var visitor = new HttpClient { BaseAddress = new Uri(url) };
        visitor.DefaultRequestHeaders.Authorization = token is null ? null : new AuthenticationHeaderValue(scheme, token);
        using var answer = await visitor.GetAsync(path, Stop);
        if (answer.StatusCode == HttpStatusCode.OK)
        {
            (await answer.Content.ReadAsStringAsync(Stop)).ShouldContain("# TYPE ");
        }

        return answer.StatusCode;
    }

    private async Task<RunningSite> StartAsync(string roles, params string[] settings)
    {
        var site = SiteApplication.Build(
            SiteArguments.With([$"--ConnectionStrings:Deliverybot={database.ConnectionString}", $"--Deliverybot:Roles={roles}", .. settings]));
        await site.StartAsync(Stop);
        return new RunningSite(site);
    }

    private sealed class RunningSite(WebApplication site) : IAsyncDisposable
    {
        public string Url => site.Urls.First();

        public async ValueTask DisposeAsync()
        {
            await site.StopAsync(CancellationToken.None);
            await site.DisposeAsync();
        }
    }
}

using System.Net;
using Deliverybot.Site;
using Deliverybot.Tests.Harness;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Site;

public sealed class SecureCookiesTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    [Fact]
    public async Task With_https_cookies_insist_on_this_host_and_on_encryption_whatever_the_request_says()
    {
        await using var site = SiteApplication.Build(
            SiteArguments.With($"--ConnectionStrings:Deliverybot={database.ConnectionString}", "--Deliverybot:Roles=web"));
        await site.StartAsync(TestContext.Current.CancellationToken);
        using var visitor = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = new Uri(site.Urls.First()) };

        using var answer = await visitor.GetAsync("/_/sign-in", TestContext.Current.CancellationToken);

        await site.StopAsync(TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        answer.Headers.Location!.OriginalString.ShouldContain(Uri.EscapeDataString("https://deliverybot.example.com/_/sign-in/github"));
        var cookie = answer.Headers.GetValues("Set-Cookie").ShouldHaveSingleItem();
        cookie.ShouldStartWith("__Host-deliverybot-sign-in-");
        cookie.ShouldContain("secure");
        cookie.ShouldContain("httponly");
        cookie.ShouldContain("path=/;");
        answer.Headers.GetValues("Strict-Transport-Security").ShouldHaveSingleItem().ShouldStartWith("max-age=31536000");
    }
}

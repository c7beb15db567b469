using System.Net;
using Deliverybot.Jobs.GitHub.Access;
using Deliverybot.Site;
using Deliverybot.Site.SetUp;
using Deliverybot.Tests.Harness;
using Deliverybot.Tests.Site;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Promises;

public sealed class EndedSessionTests(TestPostgreSql postgreSql) : IAsyncLifetime
{
    private readonly FakeTimeProvider _clock = new(TimeProvider.System.GetUtcNow());
    private House house = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        house = new House(postgreSql) { Clock = _clock };
        return house.InitializeAsync();
    }

    public ValueTask DisposeAsync() => house.DisposeAsync();

    [Theory]
    [InlineData("/_/settings", HttpStatusCode.Redirect)]
    [InlineData("/_/settings/delete", HttpStatusCode.Redirect)]
    [InlineData("/_/jobs", HttpStatusCode.NotFound)]
    [InlineData("/_/slack/link", HttpStatusCode.Redirect)]
    [InlineData("/_/events/{repository}", HttpStatusCode.Redirect)]
    [InlineData("/{repository}", HttpStatusCode.Redirect)]
    public async Task A_copied_cookie_is_worth_nothing_after_sign_out(string route, HttpStatusCode expected)
    {
        var address = route.Replace("{repository}", house.CreateRepository().FullName, StringComparison.Ordinal);
        using var ada = await SignInAsync();
        using var copy = CopyOf(ada);
        using var before = await copy.Client.GetAsync("/_/settings", Stop);

        (await ada.Client.PostFormAsync("/_/sign-out")).Dispose();
        using var after = await copy.Client.GetAsync(address, Stop);

        before.StatusCode.ShouldBe(HttpStatusCode.OK);
        after.StatusCode.ShouldBe(expected);
    }

    [Fact]
    public async Task Signing_out_everywhere_compares_no_clocks()
    {
        using var first = await SignInAsync();
        (await first.Client.PostFormAsync("/_/settings?handler=SignOutEverywhere")).Dispose();
        using var second = await SignInAsync();
        using var stays = await second.Client.GetAsync("/_/settings", Stop);
        using var copy = CopyOf(second);

        (await second.Client.PostFormAsync("/_/settings?handler=SignOutEverywhere")).Dispose();
        using var gone = await copy.Client.GetAsync("/_/settings", Stop);

        // The clock stands still: both ends are at the same moment.
        stays.StatusCode.ShouldBe(HttpStatusCode.OK);
        gone.StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task End_sessions_ends_every_session_and_the_keys_of_a_site_that_runs()
    {
        using var ada = await SignInAsync();
        var protector = house.Services.GetRequiredService<IDataProtectionProvider>().CreateProtector("any");
        var secret = protector.Protect("thing");

        await SiteApplication.EndSessionsAsync(Arguments(), Stop);
        using var after = await ada.Client.GetAsync("/_/settings", Stop);
        using var again = await SignInAsync();
        using var works = await again.Client.GetAsync("/_/settings", Stop);
        _clock.Advance(TimeSpan.FromMinutes(2));

        after.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        works.StatusCode.ShouldBe(HttpStatusCode.OK);
        await house.EventuallyAsync(() => Task.FromResult(IsLost(protector, secret)), "the running site knows that the key is revoked");
        protector.Unprotect(protector.Protect("new")).ShouldBe("new");
    }

    [Fact]
    public async Task End_sessions_needs_no_setting_of_an_App_that_was_registered_in_the_browser()
    {
        var app = house.GitHub.App;
        await using (var scope = house.Services.CreateAsyncScope())
        {
            var keys = new AppKeys(app.AppId, app.Slug, app.ClientId, new AppSecrets(app.ClientSecret, app.WebhookSecret, app.PrivateKeyPem));
            (await scope.ServiceProvider.GetRequiredService<StoredApps>().TryAddAsync(keys, house.GitHub.Url, Stop)).ShouldBeTrue();
        }

        await SiteApplication.EndSessionsAsync([.. Arguments().Where(argument => !argument.StartsWith("--GitHub:", StringComparison.Ordinal))], Stop);

        await using var after = house.Services.CreateAsyncScope();
        (await after.ServiceProvider.GetRequiredService<StoredApps>().FindAsync(Stop)).ShouldNotBeNull().Keys.Secrets.WebhookSecret.ShouldBe(app.WebhookSecret);
    }

    private static bool IsLost(IDataProtector protector, string secret)
    {
        try
        {
            protector.Unprotect(secret);
            return false;
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            return true;
        }
    }

    private string[] Arguments() =>
    [
        "--environment=Development",
        .. HouseSettings.For(house.GitHub, house.Database, house.SiteUrl, "web").Select(setting => $"--{setting.Key}={setting.Value}"),
    ];

    private async Task<Visitor> SignInAsync()
    {
        var cookies = new CookieContainer();
        return new Visitor(await Harness.Browser.SignInAsync(house.SiteUrl, "ada", cookies, Stop), cookies);
    }

    private Visitor CopyOf(Visitor visitor)
    {
        var cookies = new CookieContainer();
        foreach (Cookie cookie in visitor.Cookies.GetCookies(house.SiteUrl))
        {
            cookies.Add(house.SiteUrl, new Cookie(cookie.Name, cookie.Value));
        }

        return new Visitor(new HttpClient(new SocketsHttpHandler { CookieContainer = cookies, AllowAutoRedirect = false }) { BaseAddress = house.SiteUrl }, cookies);
    }

    private sealed record Visitor(HttpClient Client, CookieContainer Cookies) : IDisposable
    {
        public void Dispose() => Client.Dispose();
    }
}

using System.Net;
using Deliverybot.Site;
using Deliverybot.Tests.Harness;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Promises;

public sealed class SessionTests(TestPostgreSql postgreSql) : IAsyncLifetime
{
    private readonly FakeTimeProvider clock = new(TimeProvider.System.GetUtcNow());
    private House house = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        house = new House(postgreSql) { Clock = clock };
        return house.InitializeAsync();
    }

    public ValueTask DisposeAsync() => house.DisposeAsync();

    [Fact]
    public async Task A_session_ends_24_hours_after_sign_in_however_much_it_is_used()
    {
        using var ada = await house.SignInAsync("ada");

        clock.Advance(TimeSpan.FromHours(12));
        using var halfway = await ada.GetAsync("/_/settings", Stop);
        clock.Advance(TimeSpan.FromHours(12) - TimeSpan.FromMinutes(1));
        using var last = await ada.GetAsync("/_/settings", Stop);
        clock.Advance(TimeSpan.FromMinutes(2));
        using var after = await ada.GetAsync("/_/settings", Stop);

        halfway.StatusCode.ShouldBe(HttpStatusCode.OK);
        last.StatusCode.ShouldBe(HttpStatusCode.OK);
        after.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        after.Headers.Location!.OriginalString.ShouldContain("/_/sign-in?returnUrl=");
    }

    [Fact]
    public async Task A_token_that_GitHub_has_ended_is_renewed_without_a_longer_session()
    {
        house.CreateRepository();
        using var ada = await house.SignInAsync("ada");
        clock.Advance(TimeSpan.FromHours(9));
        house.World.Tokens.RevokeAllOf(house.Ada);

        using var ended = await ada.GetAsync("/acme", Stop);
        using var back = await PassGitHubAsync(ada, ended.Headers.Location!);
        using var renewed = await ada.GetAsync("/acme", Stop);
        clock.Advance(TimeSpan.FromHours(15) + TimeSpan.FromMinutes(1));
        using var after = await ada.GetAsync("/acme", Stop);

        back.Headers.Location!.OriginalString.ShouldBe("/acme");
        renewed.StatusCode.ShouldBe(HttpStatusCode.OK);
        after.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        after.Headers.Location!.OriginalString.ShouldContain("/_/sign-in?returnUrl=");
    }

    [Fact]
    public async Task The_cookie_is_encrypted_out_of_reach_of_scripts_and_without_a_refresh_token()
    {
        using var visitor = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = house.SiteUrl };
        using var start = await visitor.GetAsync("/_/sign-in", Stop);

        using var signedIn = await PassGitHubAsync(visitor, start.Headers.Location!);

        var cookie = signedIn.Headers.GetValues("Set-Cookie").Single(header => header.StartsWith("deliverybot=", StringComparison.Ordinal));
        var parts = cookie.Split("; ");
        parts.ShouldContain("httponly");
        parts.ShouldContain("samesite=lax");
        parts.ShouldContain("path=/");
        DateTimeOffset.Parse(parts.Single(part => part.StartsWith("expires=", StringComparison.Ordinal))["expires=".Length..], System.Globalization.CultureInfo.InvariantCulture)
            .ShouldBe(clock.GetUtcNow().AddHours(24), TimeSpan.FromSeconds(2));
        var encrypted = parts[0]["deliverybot=".Length..];
        var value = System.Text.Encoding.Latin1.GetString(WebEncoders.Base64UrlDecode(encrypted));
        value.ShouldNotContain("ghu_");
        value.ShouldNotContain("ada", Case.Sensitive);
        var opened = house.Services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get(CookieAuthenticationDefaults.AuthenticationScheme)
            .TicketDataFormat.Unprotect(encrypted).ShouldNotBeNull();
        opened.Principal.Identity!.Name.ShouldBe("ada");
        opened.Properties.GetTokenValue("access_token").ShouldNotBeNull();
        opened.Properties.GetTokenValue("refresh_token").ShouldBeNull();
    }

    [Fact]
    public async Task With_https_session_and_form_cookies_insist_on_this_host_and_on_encryption()
    {
        using var key = System.Security.Cryptography.RSA.Create(2048);
        await using var site = SiteApplication.Build(
        [
            "--environment=Development", $"--ConnectionStrings:Deliverybot={house.Database.ConnectionString}", "--Deliverybot:PublicUrl=https://deliverybot.example.com",
            "--GitHub:AppId=1", "--GitHub:AppSlug=deliverybot", "--GitHub:WebhookSecret=s", "--GitHub:ClientId=id", "--GitHub:ClientSecret=s",
            $"--GitHub:PrivateKey={key.ExportRSAPrivateKeyPem()}",
        ]);

        var session = site.Services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get(CookieAuthenticationDefaults.AuthenticationScheme).Cookie;
        var form = site.Services.GetRequiredService<IOptions<AntiforgeryOptions>>().Value.Cookie;

        foreach (var cookie in new[] { session, form })
        {
            cookie.Name!.ShouldStartWith("__Host-");
            cookie.SecurePolicy.ShouldBe(CookieSecurePolicy.Always);
            cookie.HttpOnly.ShouldBeTrue();
            cookie.Domain.ShouldBeNull();
        }
    }

    /// <summary>Agrees at GitHub, as ada, and takes the answer back to the Site.</summary>
    private static async Task<HttpResponseMessage> PassGitHubAsync(HttpClient visitor, Uri authorize)
    {
        authorize.AbsolutePath.ShouldBe("/login/oauth/authorize");
        var fields = QueryHelpers.ParseQuery(authorize.Query).ToDictionary(field => field.Key, field => field.Value.ToString());
        fields["login"] = "ada";
        using var form = new FormUrlEncodedContent(fields);
        using var agreed = await visitor.PostAsync(new Uri(authorize, authorize.AbsolutePath), form, Stop);
        return await visitor.GetAsync(agreed.Headers.Location, Stop);
    }
}

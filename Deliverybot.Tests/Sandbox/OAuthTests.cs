using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Sandbox;

public sealed class OAuthTests
{
    private const string Callback = "http://localhost:5000/_/sign-in/github";
    private const string Verifier = "a-verifier-that-is-long-enough-to-be-one-0123456789";

    [Fact]
    public async Task The_page_lets_one_choose_who_to_be_and_escapes_what_it_was_given()
    {
        await using var github = await SandboxDriver.StartAsync();
        using var http = new HttpClient();
        var page = await http.GetStringAsync(
            new Uri(github.Server.Url, $"/login/oauth/authorize?client_id={github.Server.App.ClientId}&state=%22%3E%3Cscript%3E&redirect_uri={Uri.EscapeDataString(Callback)}"),
            SandboxDriver.Cancellation);
        page.ShouldContain("value=\"ada\"");
        page.ShouldContain("value=\"rita\"");
        page.ShouldNotContain("<script>");
    }

    [Fact]
    public async Task A_code_is_good_once_for_whoever_knows_the_verifier()
    {
        await using var github = await SandboxDriver.StartAsync();
        var code = await SignInAsync(github);
        var token = await TradeAsync(github, code, Verifier);
        ((string)token["token_type"]!).ShouldBe("bearer");
        ((long)token["expires_in"]!).ShouldBe(28_800);
        var me = await github.GetAsync("/user", (string)token["access_token"]!);
        ((string)me.Body["login"]!).ShouldBe("ada");
        ((string)(await TradeAsync(github, code, Verifier))["error"]!).ShouldBe("bad_verification_code");
        ((string)(await TradeAsync(github, await SignInAsync(github), "guess"))["error"]!).ShouldBe("bad_verification_code");
        var late = await SignInAsync(github);
        github.Time.Advance(TimeSpan.FromMinutes(11));
        ((string)(await TradeAsync(github, late, Verifier))["error"]!).ShouldBe("bad_verification_code");
    }

    [Fact]
    public async Task A_user_token_ends_after_eight_hours_and_a_refresh_token_renews_it_once()
    {
        await using var github = await SandboxDriver.StartAsync();
        var token = await TradeAsync(github, await SignInAsync(github), Verifier);
        github.Time.Advance(TimeSpan.FromHours(8.1));
        (await github.GetAsync("/user", (string)token["access_token"]!)).Status.ShouldBe(401);
        var renewal = new
        {
            client_id = github.Server.App.ClientId,
            client_secret = github.Server.App.ClientSecret,
            grant_type = "refresh_token",
            refresh_token = (string)token["refresh_token"]!,
        };
        var renewed = await github.PostAsync("/login/oauth/access_token", null, renewal);
        (await github.GetAsync("/user", (string)renewed.Body["access_token"]!)).Status.ShouldBe(200);
        var again = await github.PostAsync("/login/oauth/access_token", null, renewal);
        ((string)again.Body["error"]!).ShouldBe("bad_refresh_token");
    }

    [Fact]
    public async Task The_App_takes_a_token_back()
    {
        await using var github = await SandboxDriver.StartAsync();
        var token = github.UserToken(github.Writer);
        var app = github.Server.App;
        var client = "Basic " + Convert.ToBase64String(Encoding.ASCII.GetBytes($"{app.ClientId}:{app.ClientSecret}"));
        (await github.SendAsync("DELETE", $"/applications/{app.ClientId}/token", client, new { access_token = token })).Status.ShouldBe(204);
        (await github.GetAsync("/user", token)).Status.ShouldBe(401);
        (await github.SendAsync("DELETE", $"/applications/{app.ClientId}/token", client, new { access_token = token })).Status.ShouldBe(404);
    }

    private static async Task<string> SignInAsync(SandboxDriver github)
    {
        var challenge = Convert.ToBase64String(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier))).TrimEnd('=').Replace('+', '-').Replace('/', '_');
        using var answer = await github.PostFormAsync("/login/oauth/authorize", new Dictionary<string, string>
        {
            ["client_id"] = github.Server.App.ClientId,
            ["redirect_uri"] = Callback,
            ["state"] = "s t",
            ["code_challenge"] = challenge,
            ["code_challenge_method"] = "S256",
            ["login"] = "ada",
        });
        var location = answer.Headers.Location!;
        location.OriginalString.ShouldStartWith(Callback);
        var query = QueryHelpers.ParseQuery(location.Query);
        query["state"].ToString().ShouldBe("s t");
        return query["code"].ToString();
    }

    private static async Task<JsonNode> TradeAsync(SandboxDriver github, string code, string verifier) =>
        (await github.PostAsync("/login/oauth/access_token", null, new
        {
            client_id = github.Server.App.ClientId,
            client_secret = github.Server.App.ClientSecret,
            code,
            redirect_uri = Callback,
            code_verifier = verifier,
        })).Body;
}

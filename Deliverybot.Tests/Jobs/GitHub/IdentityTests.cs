using System.Globalization;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.GitHub.Transport;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Shouldly;
using Xunit;
using static Deliverybot.Tests.Jobs.GitHub.GitHubDriver;
using static Deliverybot.Tests.Jobs.GitHub.ScriptedGitHub;

namespace Deliverybot.Tests.Jobs.GitHub;

public sealed class IdentityTests : IAsyncLifetime
{
    private const string Repo = """{"id":1,"full_name":"octo/shop","html_url":"https://github.com/octo/shop","default_branch":"main"}""";

    private GitHubDriver _driver = null!;

    private static CancellationToken Ended => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _driver = await StartAsync();
        _driver.GitHub.On($"GET {ShopRoute}", Json(200, Repo));
    }

    public ValueTask DisposeAsync() => _driver.DisposeAsync();

    [Fact]
    public async Task Calls_at_once_share_one_installation_token()
    {
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => _driver.Repository.GetAsync(Ended)));

        _driver.GitHub.TokenRequests.ShouldHaveSingleItem().Path.ShouldBe("/api/v3/app/installations/42/access_tokens");
        _driver.GitHub.Requests.Count.ShouldBe(20);
        _driver.GitHub.Requests.ShouldAllBe(request => request.Authorization == "token ghs_1");
    }

    [Fact]
    public async Task A_token_is_renewed_shortly_before_it_ends()
    {
        await _driver.Repository.GetAsync(Ended);
        _driver.Time.Advance(TimeSpan.FromMinutes(57));
        await _driver.Repository.GetAsync(Ended);
        _driver.GitHub.TokenRequests.Count.ShouldBe(1);

        _driver.Time.Advance(TimeSpan.FromMinutes(2));
        await _driver.Repository.GetAsync(Ended);

        _driver.GitHub.TokenRequests.Count.ShouldBe(2);
        _driver.GitHub.Requests[^1].Authorization.ShouldBe("token ghs_2");
    }

    [Fact]
    public async Task A_token_that_GitHub_rejects_is_dropped_and_the_call_made_once_more()
    {
        _driver.GitHub.On($"GET {ShopRoute}", Json(401, """{"message":"Bad credentials"}"""), Json(200, Repo));

        var repository = await _driver.Repository.GetAsync(Ended);

        repository.ShouldNotBeNull().Name.ShouldBe(Shop);
        _driver.GitHub.Requests.Select(request => request.Authorization).ShouldBe(["token ghs_1", "token ghs_2"]);
    }

    [Fact]
    public async Task A_rejection_that_a_new_token_does_not_mend_puts_off()
    {
        _driver.GitHub.On($"GET {ShopRoute}", Json(401, """{"message":"Bad credentials"}"""));

        var later = await Should.ThrowAsync<RetryLaterException>(() => _driver.Repository.GetAsync(Ended));

        later.Holdup.ShouldBe(Holdup.Access);
        later.Reason.ShouldContain("Bad credentials");
        later.At.ShouldBe(_driver.Time.GetUtcNow().AddSeconds(10));
        _driver.GitHub.Requests.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData(-180, "Clock", "180 seconds ahead of GitHub's")]
    [InlineData(600, "Clock", "600 seconds behind GitHub's")]
    [InlineData(0, "Key", "GitHub:PrivateKey")]
    public async Task A_signature_that_GitHub_does_not_take_is_told_with_its_cause_and_not_repeated_at_once(int theirClock, string fault, string words)
    {
        const string Tokens = "/api/v3/app/installations/42/access_tokens";
        var theirs = _driver.Time.GetUtcNow().AddSeconds(theirClock).ToString("r", CultureInfo.InvariantCulture);
        _driver.GitHub.On($"POST {Tokens}", Json(401, """{"message":"A JSON web token could not be decoded"}""", ("Date", theirs)));

        var later = await Should.ThrowAsync<RetryLaterException>(() => _driver.Repository.GetAsync(Ended));
        var again = await Should.ThrowAsync<RetryLaterException>(() => _driver.Repository.GetAsync(Ended));

        later.Holdup.ShouldBe(Holdup.Access);
        later.Reason.ShouldContain(words);
        again.At.ShouldBe(later.At);
        _driver.GitHub.TokenRequests.Count.ShouldBe(1);
        _driver.Log.Lines.ShouldContain(line => line.Contains(fault, StringComparison.Ordinal) && line.Contains(words, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Pauses_grow_to_five_minutes_and_end_when_GitHub_lets_the_App_in()
    {
        const string Tokens = "/api/v3/app/installations/42/access_tokens";
        _driver.GitHub.On($"POST {Tokens}", Json(403, """{"message":"This installation has been suspended"}"""));
        var pauses = new List<double>();
        for (var attempt = 0; attempt < 7; attempt++)
        {
            var later = await Should.ThrowAsync<RetryLaterException>(() => _driver.Repository.GetAsync(Ended));
            pauses.Add((later.At - _driver.Time.GetUtcNow()).TotalSeconds);
            _driver.Time.Advance(later.At - _driver.Time.GetUtcNow());
        }

        pauses.ShouldBe([10, 20, 40, 80, 160, 300, 300]);
        _driver.GitHub.On($"POST {Tokens}", Json(201, """{"token":"ghs_new","expires_at":"soon"}"""));
        (await _driver.Repository.GetAsync(Ended)).ShouldNotBeNull();
        _driver.Log.Lines.ShouldContain(line => line.Contains("lets installation 42 in again", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Each_installation_has_a_token_of_its_own()
    {
        await _driver.Repository.GetAsync(Ended);
        await _driver.Clients.Installation(new InstallationId(43)).Repository(Shop).GetAsync(Ended);

        _driver.GitHub.TokenRequests.Select(request => request.Path).ShouldBe(
            ["/api/v3/app/installations/42/access_tokens", "/api/v3/app/installations/43/access_tokens"]);
    }

    [Fact]
    public async Task The_App_signs_a_token_that_GitHub_can_check_and_uses_it_until_shortly_before_it_ends()
    {
        await _driver.Clients.App.GetInstallationAsync(Shop, Ended);
        _driver.Time.Advance(TimeSpan.FromMinutes(7));
        await _driver.Clients.App.GetInstallationAsync(Shop, Ended);
        _driver.Time.Advance(TimeSpan.FromMinutes(2));
        await _driver.Clients.App.GetInstallationAsync(Shop, Ended);

        var tokens = _driver.GitHub.Requests.Select(request => request.Authorization["Bearer ".Length..]).ToArray();
        tokens[1].ShouldBe(tokens[0]);
        tokens[2].ShouldNotBe(tokens[0]);
        var checking = new TokenValidationParameters
        {
            ValidAlgorithms = [SecurityAlgorithms.RsaSha256],
            IssuerSigningKey = new RsaSecurityKey(PublicKey),
            ValidIssuer = "7",
            ValidateAudience = false,
            ValidateLifetime = false,
        };
        (await new JsonWebTokenHandler().ValidateTokenAsync(tokens[0], checking)).IsValid.ShouldBeTrue();
        var token = new JsonWebToken(tokens[0]);
        token.IssuedAt.ShouldBe(new DateTime(2026, 5, 1, 11, 59, 0, DateTimeKind.Utc));
        (token.ValidTo - token.IssuedAt).ShouldBeLessThanOrEqualTo(TimeSpan.FromMinutes(10));
    }

    [Fact]
    public async Task A_user_calls_with_his_own_token()
    {
        await _driver.User.Repository(Shop).GetAsync(Ended);

        _driver.GitHub.TokenRequests.ShouldBeEmpty();
        _driver.GitHub.Requests.ShouldHaveSingleItem().Authorization.ShouldBe("Bearer ghu_secret");
    }

    [Fact]
    public async Task A_user_whose_token_has_ended_is_told_apart_from_a_refusal()
    {
        _driver.GitHub.On($"GET {ShopRoute}", Json(401, """{"message":"Bad credentials"}"""));

        await Should.ThrowAsync<UserTokenEndedException>(() => _driver.User.Repository(Shop).GetAsync(Ended));
    }

    [Fact]
    public async Task A_user_token_is_revoked_by_the_App_as_an_OAuth_client()
    {
        _driver.GitHub.On("DELETE /api/v3/applications/Iv1.client/token", Json(204, ""), Json(404, """{"message":"Not Found"}"""));

        await _driver.Clients.App.RevokeAsync(Token, Ended);
        await _driver.Clients.App.RevokeAsync(Token, Ended);

        var request = _driver.GitHub.Requests[0];
        request.Authorization.ShouldBe("Basic " + Convert.ToBase64String("Iv1.client:client_secret"u8));
        request.Body.ShouldBe("""{"access_token":"ghu_secret"}""");
    }

    [Fact]
    public async Task No_token_is_ever_logged()
    {
        await _driver.Repository.GetAsync(Ended);
        await _driver.User.Repository(Shop).GetAsync(Ended);

        var lines = string.Join('\n', _driver.Log.Lines);
        lines.ShouldContain("GET repos/{repository} as installation: 200");
        lines.ShouldNotContain("ghs_");
        lines.ShouldNotContain("ghu_");
        lines.ShouldNotContain("eyJ");
        $"{Token}".ShouldNotContain("ghu_");
    }
}

using System.Globalization;
using System.Net;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.GitHub.Transport;
using Shouldly;
using Xunit;
using static Deliverybot.Tests.Jobs.GitHub.GitHubDriver;
using static Deliverybot.Tests.Jobs.GitHub.ScriptedGitHub;

namespace Deliverybot.Tests.Jobs.GitHub;

public sealed class CallLimitsTests : IAsyncLifetime
{
    private const string Repo = """{"id":1,"full_name":"octo/shop","html_url":"https://github.com/octo/shop","default_branch":"main"}""";

    private GitHubDriver _driver = null!;

    private static CancellationToken Ended => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _driver = await StartAsync();

    public ValueTask DisposeAsync() => _driver.DisposeAsync();

    [Theory]
    [InlineData(403)]
    [InlineData(429)]
    public async Task The_primary_limit_puts_off_until_it_is_reset(int status)
    {
        var reset = _driver.Time.GetUtcNow().AddMinutes(13);
        _driver.GitHub.On($"GET {ShopRoute}", Json(
            status,
            """{"message":"API rate limit exceeded for installation ID 42."}""",
            ("x-ratelimit-remaining", "0"),
            ("x-ratelimit-reset", reset.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture))));

        var later = await Should.ThrowAsync<RetryLaterException>(() => _driver.Repository.GetAsync(Ended));

        later.At.ShouldBe(reset.AddSeconds(1));
        _driver.GitHub.Requests.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("31536000")]
    [InlineData("99999999999999999999")]
    [InlineData("-5")]
    [InlineData("soon")]
    [InlineData("")]
    [InlineData("Fri, 31 Dec 9999 23:59:59 GMT")]
    [InlineData("Thu, 01 Jan 1970 00:00:00 GMT")]
    public async Task However_long_an_answer_asks_to_wait_it_is_asked_again_within_the_hour_of_the_limit(string retryAfter)
    {
        _driver.GitHub.On($"GET {ShopRoute}", Json(429, "{}", ("Retry-After", retryAfter)));

        var later = await Should.ThrowAsync<RetryLaterException>(() => _driver.Repository.GetAsync(Ended));

        later.At.ShouldBeGreaterThan(_driver.Time.GetUtcNow());
        later.At.ShouldBeLessThanOrEqualTo(_driver.Time.GetUtcNow().AddMinutes(65));
    }

    [Theory]
    [InlineData("99999999999999999")]
    [InlineData("9223372036854775807")]
    [InlineData("4102444800")]
    [InlineData("-1")]
    [InlineData("0")]
    [InlineData("soon")]
    public async Task Whenever_a_limit_is_said_to_be_reset_it_is_asked_again_within_the_hour(string reset)
    {
        _driver.GitHub.On($"GET {ShopRoute}", Json(
            403, "{}", ("x-ratelimit-limit", "5000"), ("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", reset), ("Link", "<:::>; rel=\"next\"")));

        var fault = await Should.ThrowAsync<Exception>(() => _driver.Repository.GetAsync(Ended));

        if (fault is not GitHubRefusedException)
        {
            var later = fault.ShouldBeOfType<RetryLaterException>();
            later.At.ShouldBeGreaterThan(_driver.Time.GetUtcNow());
            later.At.ShouldBeLessThanOrEqualTo(_driver.Time.GetUtcNow().AddMinutes(66));
        }
    }

    [Fact]
    public async Task Until_then_no_further_call_goes_out_and_afterwards_it_does()
    {
        _driver.GitHub.On($"GET {ShopRoute}", Json(429, """{"message":"slow down"}""", ("Retry-After", "90")), Json(200, Repo));

        var first = await Should.ThrowAsync<RetryLaterException>(() => _driver.Repository.GetAsync(Ended));
        var second = await Should.ThrowAsync<RetryLaterException>(() => _driver.Repository.Refs.HeadAsync(GitRef.Branch("main"), Ended));

        first.At.ShouldBe(_driver.Time.GetUtcNow().AddSeconds(90));
        second.At.ShouldBe(first.At);
        _driver.GitHub.Requests.Count.ShouldBe(1);

        _driver.Time.Advance(TimeSpan.FromSeconds(91));
        (await _driver.Repository.GetAsync(Ended)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Work_that_can_wait_leaves_half_of_the_calls_to_others()
    {
        var reset = _driver.Time.GetUtcNow().AddMinutes(20);
        var installation = _driver.Clients.Installation(Installed);
        _driver.GitHub.On($"GET {ShopRoute}", Counted(2500, reset), Counted(2499, reset));

        await _driver.Repository.GetAsync(Ended);
        installation.LeaveCallsToOthers();
        await _driver.Repository.GetAsync(Ended);

        Should.Throw<RetryLaterException>(installation.LeaveCallsToOthers).At.ShouldBe(reset.AddSeconds(1));
        (await _driver.Repository.GetAsync(Ended)).ShouldNotBeNull();
        _driver.Time.Advance(TimeSpan.FromMinutes(21));
        installation.LeaveCallsToOthers();
    }

    [Fact]
    public async Task So_does_work_that_asks_by_GraphQL()
    {
        var reset = _driver.Time.GetUtcNow().AddMinutes(20);
        _driver.GitHub.On("POST /api/graphql", Counted(2499, reset, """{"data":{"repository":null}}"""));

        (await _driver.Repository.PullRequests.AskForFileAsync(new PullRequestNumber(1), "a", "b", Ended)).ShouldBeNull();

        Should.Throw<RetryLaterException>(_driver.Repository.LeaveCallsToOthers).At.ShouldBe(reset.AddSeconds(1));
    }

    [Fact]
    public async Task A_secondary_limit_without_a_time_puts_off_by_a_minute()
    {
        _driver.GitHub.On($"GET {ShopRoute}", Json(403, """{"message":"You have exceeded a secondary rate limit. Please wait a few minutes."}"""));

        var later = await Should.ThrowAsync<RetryLaterException>(() => _driver.Repository.GetAsync(Ended));

        later.At.ShouldBe(_driver.Time.GetUtcNow().AddMinutes(1));
        later.Reason.ShouldContain("secondary rate limit");
    }

    [Fact]
    public async Task A_limit_is_one_installations_alone()
    {
        _driver.GitHub.On($"GET {ShopRoute}", Json(429, "{}", ("Retry-After", "90")), Json(200, Repo));
        await Should.ThrowAsync<RetryLaterException>(() => _driver.Repository.GetAsync(Ended));

        var other = await _driver.Clients.Installation(new InstallationId(43)).Repository(Shop).GetAsync(Ended);

        other.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_403_that_is_no_limit_is_a_refusal()
    {
        _driver.GitHub.On($"GET {ShopRoute}", Json(403, """{"message":"Resource not accessible by integration"}""", ("x-ratelimit-remaining", "4000")));

        var refused = await Should.ThrowAsync<GitHubRefusedException>(() => _driver.Repository.GetAsync(Ended));

        refused.Status.ShouldBe(HttpStatusCode.Forbidden);
        refused.Words.ShouldBe("Resource not accessible by integration");
    }

    [Fact]
    public async Task GraphQL_says_so_in_its_own_way()
    {
        _driver.GitHub.On("POST /api/graphql", Json(200, """{"errors":[{"type":"RATE_LIMITED","message":"API rate limit exceeded"}]}"""));

        await Should.ThrowAsync<RetryLaterException>(() => _driver.User.ReadCommitsPageAsync(Shop, null, null, null, Ended));
    }

    private static Microsoft.AspNetCore.Http.RequestDelegate Counted(int remaining, DateTimeOffset reset, string body = Repo) => Json(
        200,
        body,
        ("x-ratelimit-limit", "5000"),
        ("x-ratelimit-remaining", remaining.ToString(CultureInfo.InvariantCulture)),
        ("x-ratelimit-reset", reset.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)));
}

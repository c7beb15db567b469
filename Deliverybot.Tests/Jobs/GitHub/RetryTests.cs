using Deliverybot.Data.Names;
using Deliverybot.Jobs.GitHub.Commits;
using Deliverybot.Jobs.GitHub.Deployments;
using Deliverybot.Jobs.GitHub.PullRequests;
using Deliverybot.Jobs.GitHub.Transport;
using Microsoft.AspNetCore.Http;
using Shouldly;
using Xunit;
using static Deliverybot.Tests.Jobs.GitHub.GitHubDriver;
using static Deliverybot.Tests.Jobs.GitHub.ScriptedGitHub;

namespace Deliverybot.Tests.Jobs.GitHub;

public sealed class RetryTests : IAsyncLifetime
{
    private const string Repo = """{"id":1,"full_name":"octo/shop","html_url":"https://github.com/octo/shop","default_branch":"main"}""";

    private static readonly NewDeployment Wish = new()
    {
        Sha = Sha,
        Correlation = new DeploymentId(99),
        Environment = new EnvironmentName("production"),
    };

    private static readonly NewCommitStatus Status = new(CommitState.Success, "deliverybot/production");

    private GitHubDriver _driver = null!;

    private static CancellationToken Ended => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _driver = await StartAsync();

    public ValueTask DisposeAsync() => _driver.DisposeAsync();

    [Fact]
    public async Task A_read_is_repeated_until_GitHub_is_well_again()
    {
        _driver.GitHub.On($"GET {ShopRoute}", Json(502, "<html>"), Drop, CutOff, Json(200, Repo));

        (await _driver.Repository.GetAsync(Ended)).ShouldNotBeNull().Id.Value.ShouldBe(1);

        _driver.GitHub.Requests.Count.ShouldBe(4);
    }

    [Fact]
    public async Task A_read_that_keeps_failing_is_put_off()
    {
        _driver.GitHub.On($"GET {ShopRoute}", Json(500, "{}"));

        var later = await Should.ThrowAsync<RetryLaterException>(() => _driver.Repository.GetAsync(Ended));

        later.At.ShouldBe(_driver.Time.GetUtcNow().AddSeconds(20));
        later.Reason.ShouldBe("GitHub has a fault just now: it answered with 500.");
        _driver.GitHub.Requests.Count.ShouldBe(4);
    }

    [Theory]
    [InlineData("<html>404 Not Found</html>")]
    [InlineData("")]
    public async Task Where_rows_would_go_only_GitHubs_own_words_say_that_there_is_nothing(string notGitHubs)
    {
        const string Installation = "GET /api/v3/app/installations/7";
        _driver.GitHub.On(Installation, Json(404, notGitHubs));
        await Should.ThrowAsync<RetryLaterException>(() => _driver.Clients.App.GetInstallationAsync(new InstallationId(7), Ended));

        _driver.GitHub.On(Installation, Json(404, """{"message":"Not Found","status":"404"}"""));
        (await _driver.Clients.App.GetInstallationAsync(new InstallationId(7), Ended)).ShouldBeNull();
    }

    [Fact]
    public async Task A_person_is_told_after_fifteen_seconds_that_GitHub_doesnt_answer()
    {
        var isAsked = new TaskCompletionSource();
        _driver.GitHub.On($"GET {ShopRoute}", async context =>
        {
            isAsked.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted);
        });
        var answer = _driver.User.Repository(Shop).GetAsync(Ended);
        await isAsked.Task.WaitAsync(Ended);

        _driver.Time.Advance(TimeSpan.FromSeconds(15));

        (await Should.ThrowAsync<RetryLaterException>(() => answer)).Reason.ShouldBe("GitHub didn't answer in time.");
    }

    [Fact]
    public async Task A_post_that_gets_a_fault_is_sent_once_and_its_outcome_unknown()
    {
        _driver.GitHub.On($"POST {ShopRoute}/deployments", Json(502, "<html>"));

        await Should.ThrowAsync<OutcomeUnknownException>(() => _driver.Repository.Deployments.CreateAsync(Wish, Ended));

        _driver.GitHub.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_post_whose_answer_is_lost_is_sent_once_and_its_outcome_unknown()
    {
        _driver.GitHub.On($"POST {ShopRoute}/deployments", Drop);

        await Should.ThrowAsync<OutcomeUnknownException>(() => _driver.Repository.Deployments.CreateAsync(Wish, Ended));

        _driver.GitHub.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_post_that_never_left_is_put_off()
    {
        _driver.GitHub.On($"GET {ShopRoute}", Json(200, Repo));
        await _driver.Repository.GetAsync(Ended);
        await _driver.GitHub.DisposeAsync();

        await Should.ThrowAsync<RetryLaterException>(() => _driver.Repository.CommitStatuses.CreateAsync(Sha, Status, Ended));
    }

    [Fact]
    public async Task A_post_that_changes_nothing_twice_is_repeated()
    {
        _driver.GitHub.On($"POST {ShopRoute}/issues/comments/5/reactions", Json(502, ""), Json(201, "{}"));

        (await _driver.Repository.Comments.ReactAsync(new CommentId(5), Reaction.Eyes, Ended)).ShouldNotBe(ReactionOutcome.CommentGone);

        _driver.GitHub.Requests.Select(request => request.Body).ShouldBe(["""{"content":"eyes"}""", """{"content":"eyes"}"""]);
    }

    [Fact]
    public async Task A_token_that_got_lost_is_asked_for_again()
    {
        _driver.GitHub.On($"GET {ShopRoute}", Json(200, Repo));
        _driver.GitHub.On("POST /api/v3/app/installations/42/access_tokens", Drop, Json(201, """{"token":"ghs_x","expires_at":"2026-05-01T13:00:00Z"}"""));

        await _driver.Repository.GetAsync(Ended);

        _driver.GitHub.Requests.ShouldHaveSingleItem().Authorization.ShouldBe("token ghs_x");
    }

    [Fact]
    public async Task A_refusal_is_final_and_says_what_was_refused_in_GitHubs_words()
    {
        _driver.GitHub.On($"POST {ShopRoute}/statuses/{Sha}", Json(422, """{"message":"Validation Failed","errors":[{"resource":"Status","field":"state","code":"invalid"},"too long"]}"""));

        var refused = await Should.ThrowAsync<GitHubRefusedException>(() => _driver.Repository.CommitStatuses.CreateAsync(Sha, Status, Ended));

        refused.Message.ShouldBe("GitHub refused POST repos/{repository}/statuses/{} with 422: Validation Failed (state invalid; too long)");
        _driver.GitHub.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_renamed_repository_is_followed_to_where_it_is_now()
    {
        _driver.GitHub.On($"GET {ShopRoute}", Json(301, "{}", ("Location", new Uri(_driver.GitHub.Url, "/api/v3/repositories/1").ToString())));
        _driver.GitHub.On("GET /api/v3/repositories/1", Json(200, Repo.Replace("octo/shop", "octo/store", StringComparison.Ordinal)));

        (await _driver.Repository.GetAsync(Ended)).ShouldNotBeNull().Name.Name.ShouldBe("store");
    }

    [Fact]
    public async Task Whoever_stops_waiting_stops_at_once()
    {
        using var stop = new CancellationTokenSource();
        _driver.GitHub.On($"GET {ShopRoute}", async context =>
        {
            await stop.CancelAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        });

        await Should.ThrowAsync<OperationCanceledException>(() => _driver.Repository.GetAsync(stop.Token));
    }

    private static async Task CutOff(HttpContext context)
    {
        context.Response.ContentLength = 1000;
        await context.Response.WriteAsync("{\"id\":1,");
        await context.Response.Body.FlushAsync();
        context.Abort();
    }
}

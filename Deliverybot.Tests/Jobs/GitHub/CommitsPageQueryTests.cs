using System.Text.Json.Nodes;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.GitHub.Access;
using Deliverybot.Jobs.GitHub.GraphQl;
using Deliverybot.Jobs.GitHub.Transport;
using Shouldly;
using Xunit;
using static Deliverybot.Tests.Jobs.GitHub.GitHubDriver;
using static Deliverybot.Tests.Jobs.GitHub.ScriptedGitHub;

namespace Deliverybot.Tests.Jobs.GitHub;

public sealed class CommitsPageQueryTests : IAsyncLifetime
{
    private GitHubDriver _driver = null!;

    private static CancellationToken Ended => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _driver = await StartAsync();

    public ValueTask DisposeAsync() => _driver.DisposeAsync();

    [Fact]
    public async Task One_call_brings_the_commits_and_what_is_shown_around_them()
    {
        Answer(Page(Rollup(1, Run("build", "COMPLETED", "SUCCESS")), """{"hasNextPage":true,"endCursor":"abc 29"}"""));

        var page = (await RunAsync(GitRef.Branch("main"))).ShouldNotBeNull();

        page.Id.ShouldBe(new RepositoryId(1));
        page.Name.ShouldBe(Shop);
        page.ViewerPermission.ShouldBe(RepositoryPermission.Maintain);
        page.DefaultBranch.ShouldBe(GitRef.Branch("main"));
        page.Shown.ShouldBe(GitRef.Branch("main"));
        page.NextCursor.ShouldBe("abc 29");
        page.Branches.ShouldBe([GitRef.Branch("main"), GitRef.Branch("feature/x")]);
        page.BranchCount.ShouldBe(2);
        var commit = page.Commits.ShouldHaveSingleItem();
        commit.Sha.ShouldBe(Sha);
        commit.AuthorLogin.ShouldBe(new GitHubLogin("mona"));
        commit.Checks.ShouldBe([new CommitCheck("build", CombinedState.Success, "https://ci.example/build")]);
        _driver.GitHub.Requests.Count.ShouldBe(1);
        var variables = JsonNode.Parse(_driver.GitHub.Requests[0].Body)!["variables"]!;
        variables["ref"]!.GetValue<string>().ShouldBe("refs/heads/main");
        variables["useDefault"]!.GetValue<bool>().ShouldBeFalse();
    }

    [Fact]
    public async Task A_repository_that_the_user_does_not_see_is_null()
    {
        Answer("""{"data":{"repository":null},"errors":[{"type":"NOT_FOUND","path":["repository"],"message":"Could not resolve to a Repository"}]}""");

        (await RunAsync(null)).ShouldBeNull();
    }

    [Fact]
    public async Task An_empty_repository_has_no_branch_and_no_commits()
    {
        Answer("""
            {"data":{"repository":{"databaseId":1,"nameWithOwner":"octo/shop","isArchived":false,"viewerPermission":"READ","defaultBranchRef":null,"byDefault":null,"refs":{"totalCount":0,"nodes":[]}}}}
            """);

        var page = (await RunAsync(null)).ShouldNotBeNull();

        page.DefaultBranch.ShouldBeNull();
        page.Shown.ShouldBeNull();
        page.Commits.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_fault_in_the_query_is_a_refusal()
    {
        Answer("""{"errors":[{"message":"Field 'nothing' doesn't exist"}]}""");

        (await Should.ThrowAsync<GitHubRefusedException>(() => RunAsync(null))).Words.ShouldContain("nothing");
    }

    [Fact]
    public async Task Failing_goes_before_pending_before_success_before_waiting_before_skipped_before_nothing()
    {
        var fail = Status("fail", "ERROR");
        var pending = Run("pending", "IN_PROGRESS", null);
        var success = Run("success", "COMPLETED", "SUCCESS");
        var skipped = Run("skipped", "COMPLETED", "SKIPPED");
        var waiting = Run("waiting", "WAITING", null);

        (await StateOfAsync(waiting, success, pending, fail)).ShouldBe(CombinedState.Failing);
        (await StateOfAsync(waiting, success, pending)).ShouldBe(CombinedState.Pending);
        (await StateOfAsync(waiting, success)).ShouldBe(CombinedState.Success);
        (await StateOfAsync(skipped, success)).ShouldBe(CombinedState.Success);
        (await StateOfAsync(waiting, skipped)).ShouldBe(CombinedState.Waiting);
        (await StateOfAsync(skipped)).ShouldBe(CombinedState.Skipped);
        (await StateOfAsync()).ShouldBe(CombinedState.Nothing);
    }

    [Fact]
    public async Task Our_own_statuses_are_left_out_but_for_the_promotion()
    {
        Answer(Page(Rollup(3, Status("deliverybot/production", "FAILURE"), Status("deliverybot/promotion", "SUCCESS")), """{"hasNextPage":false}"""));

        var commit = (await RunAsync(null)).ShouldNotBeNull().Commits.ShouldHaveSingleItem();

        commit.Checks.Select(check => check.Name).ShouldBe(["deliverybot/promotion"]);
    }

    [Theory]
    [InlineData("SUCCESS", nameof(CombinedState.Pending))]
    [InlineData("PENDING", nameof(CombinedState.Success))]
    [InlineData("ERROR", nameof(CombinedState.Success))]
    public async Task Where_not_all_are_shown_GitHubs_sum_counts_unless_ours_may_have_made_it(string ours, string expected)
    {
        Answer(Page(Rollup(101, Run("build", "COMPLETED", "SUCCESS"), Status("deliverybot/production", ours)), """{"hasNextPage":false}"""));

        (await RunAsync(null)).ShouldNotBeNull().Commits.ShouldHaveSingleItem().State.ToString().ShouldBe(expected);
    }

    [Theory]
    [InlineData("CANCELLED", nameof(CombinedState.Failing))]
    [InlineData("ACTION_REQUIRED", nameof(CombinedState.Failing))]
    [InlineData("TIMED_OUT", nameof(CombinedState.Failing))]
    [InlineData("NEUTRAL", nameof(CombinedState.Success))]
    [InlineData("SKIPPED", nameof(CombinedState.Skipped))]
    [InlineData("STALE", nameof(CombinedState.Nothing))]
    public async Task Each_conclusion_of_a_check_run_has_a_state(string conclusion, string expected) =>
        (await StateOfAsync(Run("build", "COMPLETED", conclusion))).ToString().ShouldBe(expected);

    [Fact]
    public void Each_document_is_embedded_under_the_name_of_its_operation() =>
        GraphQlDocument.All.ShouldAllBe(document => document.Text.Contains($"query {document.Name}("));

    private static string Page(string rollup, string pageInfo) => $$$"""
        {"data":{"repository":{"databaseId":1,"nameWithOwner":"octo/shop","isArchived":false,
          "viewerPermission":"MAINTAIN","defaultBranchRef":{"name":"main"},
          "shown":{"name":"main","prefix":"refs/heads/","target":{"__typename":"Commit","history":{"pageInfo":{{{pageInfo}}},"nodes":[
            {"oid":"{{{Sha}}}","messageHeadline":"One","committedDate":"2026-05-01T12:00:00Z","url":"https://github.com/c",
             "author":{"name":"Mona","avatarUrl":"https://a","user":{"login":"mona"}},"statusCheckRollup":{{{rollup}}} } ] } } },
          "refs":{"totalCount":2,"nodes":[{"name":"main"},{"name":"feature/x"}] } } } }
        """;

    private static string Rollup(int total, params string[] contexts) =>
        $$"""{"state":"PENDING","contexts":{"totalCount":{{total}},"nodes":[{{string.Join(',', contexts)}}]} }""";

    private static string Run(string name, string status, string? conclusion) =>
        $$"""{"__typename":"CheckRun","name":"{{name}}","status":"{{status}}","conclusion":{{(conclusion is null ? "null" : $"\"{conclusion}\"")}} ,"detailsUrl":"https://ci.example/{{name}}"}""";

    private static string Status(string context, string state) =>
        $$"""{"__typename":"StatusContext","context":"{{context}}","state":"{{state}}","targetUrl":null}""";

    private async Task<CombinedState> StateOfAsync(params string[] contexts)
    {
        Answer(Page(Rollup(contexts.Length, contexts), """{"hasNextPage":false}"""));
        return (await RunAsync(null)).ShouldNotBeNull().Commits.ShouldHaveSingleItem().State;
    }

    private void Answer(string body) => _driver.GitHub.On("POST /api/graphql", Json(200, body));

    private Task<BranchCommits?> RunAsync(GitRef? shown) => _driver.User.ReadCommitsPageAsync(Shop, shown, null, null, Ended);
}

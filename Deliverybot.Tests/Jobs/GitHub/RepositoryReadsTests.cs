using Deliverybot.Data.Names;
using Deliverybot.Jobs.GitHub.Access;
using Deliverybot.Jobs.GitHub.Commits;
using Deliverybot.Jobs.GitHub.Contents;
using Deliverybot.Jobs.GitHub.PullRequests;
using Shouldly;
using Xunit;
using static Deliverybot.Tests.Jobs.GitHub.GitHubDriver;
using static Deliverybot.Tests.Jobs.GitHub.ScriptedGitHub;

namespace Deliverybot.Tests.Jobs.GitHub;

public sealed class RepositoryReadsTests : IAsyncLifetime
{
    private static readonly CommitSha TagObject = new(new string('a', 40));

    private static readonly GitHubUser Mona = new(new GitHubUserId(7), new GitHubLogin("mona"));

    private GitHubDriver _driver = null!;

    private static CancellationToken Ended => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _driver = await StartAsync();

    public ValueTask DisposeAsync() => _driver.DisposeAsync();

    [Fact]
    public async Task Whatever_is_not_there_is_null()
    {
        var repository = _driver.Repository;

        (await repository.GetAsync(Ended)).ShouldBeNull();
        (await repository.Commits.GetAsync(Sha, Ended)).ShouldBeNull();
        (await repository.Commits.CompareAsync(GitRef.Branch("main"), Sha, Ended)).ShouldBeNull();
        (await repository.Refs.HeadAsync(GitRef.Branch("main"), Ended)).ShouldBeNull();
        (await repository.Refs.ResolveAsync("main", Ended)).ShouldBeNull();
        (await repository.PullRequests.GetAsync(new PullRequestNumber(7), Ended)).ShouldBeNull();
        (await repository.Comments.UpdateAsync(new CommentId(7), "x", Ended)).ShouldBeFalse();
        (await repository.Contents.ReadAsync("deploy.yml", Sha, Ended)).ShouldBe(new FileRead.Missing());
        (await repository.Collaborators.PermissionOfAsync(Mona, Ended)).ShouldBe(RepositoryPermission.None);
    }

    [Theory]
    [InlineData("""[{"type":"file"}]""", "it is a directory")]
    [InlineData("""{"type":"file","encoding":"none","content":"","sha":"b"}""", "it is too large")]
    [InlineData("""{"type":"submodule"}""", "it is a submodule, not a file")]
    public async Task What_is_no_readable_file_says_what_it_is(string answer, string reason)
    {
        _driver.GitHub.On($"GET {ShopRoute}/contents/a b/deploy.yml", Json(200, answer));

        (await _driver.Repository.Contents.ReadAsync("a b/deploy.yml", GitRef.Branch("feature/x"), Ended)).ShouldBe(new FileRead.Unreadable(reason));
        _driver.GitHub.Requests.ShouldHaveSingleItem().Query.ShouldBe("?ref=refs%2Fheads%2Ffeature%2Fx");
    }

    [Fact]
    public async Task A_chain_of_tags_is_not_walked_however_long_it_is()
    {
        Ref("tags/v1", TagObject, "tag");
        _driver.GitHub.On($"GET {ShopRoute}/git/tags/{TagObject}", Json(200, Pointing(TagObject, "tag")));
        _driver.GitHub.On($"GET {ShopRoute}/commits/tags%2Fv1", Json(200, $$$"""{"sha":"{{{Sha}}}","commit":{"message":"Tea"}}"""));

        (await _driver.Repository.Refs.HeadAsync(GitRef.Tag("v1"), Ended)).ShouldBe(Sha);
        _driver.GitHub.Requests.Count.ShouldBe(3);
    }

    [Fact]
    public async Task An_annotated_tag_stands_at_the_commit_it_was_made_for()
    {
        Ref("tags/v1", TagObject, "tag");
        _driver.GitHub.On($"GET {ShopRoute}/git/tags/{TagObject}", Json(200, Pointing(Sha, "commit")));

        (await _driver.Repository.Refs.HeadAsync(GitRef.Tag("v1"), Ended)).ShouldBe(Sha);
    }

    [Theory]
    [InlineData("feature/x", "refs/heads/feature/x")]
    [InlineData("heads/feature/x", "refs/heads/feature/x")]
    [InlineData("refs/heads/feature/x", "refs/heads/feature/x")]
    [InlineData("v1", "refs/tags/v1")]
    [InlineData("tags/v1", "refs/tags/v1")]
    [InlineData("0123456", null)]
    [InlineData("0123456789ABCDEF0123456789abcdef01234567", null)]
    public async Task A_ref_is_found_however_people_write_it(string text, string? meant)
    {
        Ref("heads/feature/x", Sha, "commit");
        Ref("tags/v1", Sha, "commit");
        var commit = $$"""{"sha":"{{Sha}}","html_url":"h","commit":{"message":"One\n\nTwo"} }""";
        _driver.GitHub.On($"GET {ShopRoute}/commits/0123456", Json(200, commit));
        _driver.GitHub.On($"GET {ShopRoute}/commits/{Sha}", Json(200, commit));

        var found = await _driver.Repository.Refs.ResolveAsync(text, Ended);

        found.ShouldBe(new ResolvedRef(Sha, meant is null ? null : new GitRef(meant)));
    }

    [Fact]
    public async Task A_commit_comes_with_the_whole_of_GitHubs_object()
    {
        _driver.GitHub.On($"GET {ShopRoute}/commits/{Sha}", Json(200, $$"""
            {"sha":"{{Sha}}","html_url":"https://github.com/c","author":null,"commit":{"message":"One\r\n\r\nTwo","author":{"name":"Mona"},"verification":{"verified":true} } }
            """));

        var commit = (await _driver.Repository.Commits.GetAsync(Sha, Ended)).ShouldNotBeNull();

        commit.Headline.ShouldBe("One");
        commit.Author.ShouldBeNull();
        commit.Raw.GetProperty("commit").GetProperty("verification").GetProperty("verified").GetBoolean().ShouldBeTrue();
    }

    [Theory]
    [InlineData("behind", true)]
    [InlineData("identical", true)]
    [InlineData("ahead", false)]
    [InlineData("diverged", false)]
    public async Task A_head_that_is_behind_or_identical_is_contained(string status, bool contained)
    {
        _driver.GitHub.On($"GET {ShopRoute}/compare/refs%2Fheads%2Ffeature%2Fx...{Sha}", Json(200, $$"""{"status":"{{status}}","ahead_by":0,"behind_by":3}"""));

        var comparison = (await _driver.Repository.Commits.CompareAsync(GitRef.Branch("feature/x"), Sha, Ended)).ShouldNotBeNull();

        comparison.HeadIsContained.ShouldBe(contained);
        comparison.BehindBy.ShouldBe(3);
        _driver.GitHub.Requests.ShouldHaveSingleItem().Query.ShouldBe("?per_page=1&page=2", "page 1 brings all files with their patches along");
    }

    [Fact]
    public async Task Of_commit_statuses_the_newest_of_each_context_counts_over_all_pages()
    {
        var next = new Uri(_driver.GitHub.Url, $"{ShopRoute}/commits/{Sha}/statuses?page=2");
        _driver.GitHub.On(
            $"GET {ShopRoute}/commits/{Sha}/statuses",
            Json(200, """[{"state":"success","context":"ci","created_at":"2026-05-01T12:00:02Z"},{"state":"pending","context":"ci","created_at":"2026-05-01T12:00:01Z"}]""", ("Link", $"<{next}>; rel=\"next\"")),
            Json(200, """[{"state":"failure","context":"ci","created_at":"2026-05-01T12:00:00Z"},{"state":"error","context":"lint","created_at":"2026-05-01T11:00:00Z"}]"""));

        var statuses = await _driver.Repository.CommitStatuses.ListAsync(Sha, Ended);

        statuses.Select(status => (status.Context, status.State)).ShouldBe([("ci", CommitState.Success), ("lint", CommitState.Error)]);
    }

    [Fact]
    public async Task Check_runs_carry_their_app_and_suite_and_bear_words_GitHub_adds()
    {
        _driver.GitHub.On($"GET {ShopRoute}/commits/{Sha}/check-runs", Json(200, $$"""
            {"total_count":2,"check_runs":[
              {"id":1,"name":"build","head_sha":"{{Sha}}","status":"completed","conclusion":"timed_out","app":{"id":15368},"check_suite":{"id":9} },
              {"id":2,"name":"test","head_sha":"{{Sha}}","status":"in_progress","conclusion":null,"app":{"id":15368},"check_suite":{"id":9} },
              {"id":3,"name":"new","head_sha":"{{Sha}}","status":"completed","conclusion":"astonishing","app":null,"check_suite":null}]}
            """));

        var runs = await _driver.Repository.Checks.ListAsync(Sha, Ended);

        runs.Select(run => (run.Name, run.Status, run.Conclusion, run.App?.Id, run.CheckSuite?.Id)).ShouldBe([
            ("build", CheckRunStatus.Completed, CheckConclusion.TimedOut, 15368, 9),
            ("test", CheckRunStatus.InProgress, (CheckConclusion?)null, 15368, 9),
            ("new", CheckRunStatus.Completed, CheckConclusion.Unknown, (long?)null, (long?)null)]);
    }

    [Theory]
    [InlineData("write", "maintain", nameof(RepositoryPermission.Maintain))]
    [InlineData("read", "triage", nameof(RepositoryPermission.Triage))]
    [InlineData("write", "our own role", nameof(RepositoryPermission.Write))]
    [InlineData("read", "5", nameof(RepositoryPermission.Read))]
    [InlineData("read", "Admin", nameof(RepositoryPermission.Read))]
    [InlineData("read", "ad_min", nameof(RepositoryPermission.Read))]
    [InlineData("read", "read, write", nameof(RepositoryPermission.Read))]
    [InlineData("read", "admin", nameof(RepositoryPermission.Read))]
    [InlineData("none", "none", nameof(RepositoryPermission.None))]
    [InlineData("admin", "admin", nameof(RepositoryPermission.Admin))]
    public async Task A_permission_is_the_role_where_GitHub_knows_it(string permission, string role, string expected)
    {
        _driver.GitHub.On($"GET {ShopRoute}/collaborators/mona/permission", Json(200, $$"""{"permission":"{{permission}}","role_name":"{{role}}","user":{"login":"mona","id":7} }"""));

        (await _driver.Repository.Collaborators.PermissionOfAsync(Mona, Ended)).ToString().ShouldBe(expected);
    }

    [Theory]
    [InlineData("""{"login":"mona","id":8}""", nameof(RepositoryPermission.None))]
    [InlineData("""{"login":"mona","id":7}""", nameof(RepositoryPermission.Admin))]
    [InlineData("null", nameof(RepositoryPermission.Admin))]
    public async Task What_GitHub_says_of_the_next_owner_of_a_login_is_nobody_elses(string user, string expected)
    {
        _driver.GitHub.On($"GET {ShopRoute}/collaborators/mona/permission", Json(200, $$"""{"permission":"admin","role_name":"admin","user":{{user}} }"""));

        (await _driver.Repository.Collaborators.PermissionOfAsync(Mona, Ended)).ToString().ShouldBe(expected);
    }

    [Fact]
    public async Task A_repository_says_what_its_caller_may_do()
    {
        _driver.GitHub.On($"GET {ShopRoute}", Json(200, """
            {"id":1,"full_name":"octo/shop","html_url":"h","default_branch":"trunk","private":true,"permissions":{"admin":false,"maintain":false,"push":true,"triage":true,"pull":true}}
            """));

        var repository = (await _driver.Repository.GetAsync(Ended)).ShouldNotBeNull();

        repository.Permission.ShouldBe(RepositoryPermission.Write);
        repository.DefaultBranch.ShouldBe(GitRef.Branch("trunk"));
        repository.Private.ShouldBeTrue();
    }

    [Theory]
    [InlineData("""{"id":1,"full_name":"octo/shop"}""", false)]
    [InlineData("""{"id":2,"full_name":"mona/shop"}""", true)]
    [InlineData("null", true)]
    public async Task A_pull_request_knows_whether_it_comes_from_a_fork(string headRepository, bool fork)
    {
        _driver.GitHub.On($"GET {ShopRoute}/pulls/7", Json(200, $$"""
            {"number":7,"state":"open","title":"T","html_url":"h","user":{"login":"mona","id":3},"labels":[{"name":"ship"}],
             "head":{"ref":"x","sha":"{{Sha}}","repo":{{headRepository}} },
             "base":{"ref":"main","sha":"{{Sha}}","repo":{"id":1,"full_name":"octo/shop"} } }
            """));

        var pull = (await _driver.Repository.PullRequests.GetAsync(new PullRequestNumber(7), Ended)).ShouldNotBeNull();

        pull.IsFromFork.ShouldBe(fork);
        pull.User!.Login.ShouldBe(new GitHubLogin("Mona"));
        pull.Raw.GetProperty("labels")[0].GetProperty("name").GetString().ShouldBe("ship");
    }

    private void Ref(string name, CommitSha sha, string type) =>
        _driver.GitHub.On($"GET {ShopRoute}/git/ref/{name}", Json(200, Pointing(sha, type)));

    private static string Pointing(CommitSha sha, string type) => $$"""{"object":{"sha":"{{sha}}","type":"{{type}}"} }""";
}

using System.Text.Json.Nodes;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.GitHub.Access;
using Deliverybot.Jobs.GitHub.Commits;
using Deliverybot.Jobs.GitHub.Contents;
using Deliverybot.Jobs.GitHub.Deployments;
using Deliverybot.Jobs.GitHub.GraphQl;
using Deliverybot.Jobs.GitHub.PullRequests;
using Deliverybot.Jobs.GitHub.Transport;
using Deliverybot.Sandbox;
using Deliverybot.Sandbox.Faults;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.GitHub;

/// <summary>Everything once against a GitHub that checks tokens, permissions and routes.</summary>
public sealed class SandboxGitHubTests
{
    private static CancellationToken Ended => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_unchanged_file_costs_none_of_the_rate_limit()
    {
        await using var github = await SandboxGitHub.StartAsync(new SandboxServerOptions { RateLimit = 2 });
        var world = github.Sandbox.World;
        world.Push(github.Sandbox.Repository, "main", github.Sandbox.Writer, "One", new Dictionary<string, string?> { [".github/deploy.yml"] = "a: {}\n" });

        for (var turn = 0; turn < 5; turn++)
        {
            var read = await github.Repository.Contents.ReadAsync(".github/deploy.yml", null, Ended);
            read.ShouldBeOfType<FileRead.Found>().Bytes.ToArray().ShouldBe("a: {}\n"u8.ToArray());
        }

        await github.Repository.GetAsync(Ended);
        var later = await Should.ThrowAsync<RetryLaterException>(() => github.Repository.Commits.GetAsync(github.Head, Ended));
        later.At.ShouldBeGreaterThan(github.Sandbox.Time.GetUtcNow());
    }

    [Fact]
    public async Task A_deployment_goes_out_once_and_is_found_again_after_its_answer_got_lost()
    {
        await using var github = await SandboxGitHub.StartAsync();
        github.Sandbox.Server.Faults.Add(new FaultRule { Method = "POST", Route = "/repos/{owner}/{repo}/deployments", DroppedAnswerShare = 1, Times = 1 });
        var wish = new NewDeployment
        {
            Sha = github.Head,
            Ref = GitRef.Branch("main"),
            Correlation = new DeploymentId(12),
            Environment = new EnvironmentName("Production"),
            Payload = new JsonObject { ["target"] = "production" },
        };

        await Should.ThrowAsync<OutcomeUnknownException>(() => github.Repository.Deployments.CreateAsync(wish, Ended));

        var found = (await github.Repository.Deployments.FindByCorrelationAsync(
            wish.Correlation, new DeploymentFilter(wish.Environment, wish.Sha), DateTimeOffset.MinValue, Ended)).ShouldNotBeNull();
        found.Sha.ShouldBe(github.Head);
        found.Named.ShouldBe("main");
        found.Payload!.Value.GetProperty("target").GetString().ShouldBe("production");
        github.Sandbox.Repository.Deployments.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_deployment_whose_checks_are_open_names_them_and_goes_out_when_they_are_done()
    {
        await using var github = await SandboxGitHub.StartAsync();
        var (world, repository) = (github.Sandbox.World, github.Sandbox.Repository);
        var run = world.StartCheck(repository, repository.Head, "ci");
        var wish = new NewDeployment
        {
            Sha = github.Head,
            Correlation = new DeploymentId(1),
            Environment = new EnvironmentName("production"),
            RequiredContexts = ["ci"],
        };

        var unmet = (await github.Repository.Deployments.CreateAsync(wish, Ended)).ShouldBeOfType<DeploymentCreation.ContextsUnmet>();
        world.FinishCheck(repository, run, "success");
        var created = (await github.Repository.Deployments.CreateAsync(wish, Ended)).ShouldBeOfType<DeploymentCreation.Created>();

        unmet.Contexts.ShouldHaveSingleItem().Name.ShouldBe("ci");
        (await github.Repository.Deployments.CreateStatusAsync(created.Id, new NewDeploymentStatus(GitHubDeploymentState.Error, "wrong commit"), Ended)).ShouldBeTrue();
        var statuses = github.Repository.Deployments.ListStatusesAsync(created.Id, Ended);
        (await statuses.FirstAsync(Ended)).State.ShouldBe(GitHubDeploymentState.Error);
    }

    [Fact]
    public async Task A_merge_before_the_deployment_is_told_apart_from_a_deployment_and_from_a_conflict()
    {
        await using var github = await SandboxGitHub.StartAsync();
        var (world, repository, ada) = (github.Sandbox.World, github.Sandbox.Repository, github.Sandbox.Writer);
        foreach (var branch in new[] { "topic", "clash" })
        {
            world.SetBranch(repository, branch, repository.Head, ada);
            world.Push(repository, branch, ada, "Theirs", new Dictionary<string, string?> { [branch] = "1" });
        }

        world.MarkConflicting(repository, "clash");
        world.Push(repository, "main", ada, "Ours", new Dictionary<string, string?> { ["main"] = "1" });

        (await AutoMergeAsync("topic")).ShouldBeOfType<DeploymentCreation.Merged>();
        (await AutoMergeAsync("clash")).ShouldBeOfType<DeploymentCreation.MergeConflict>();

        Task<DeploymentCreation> AutoMergeAsync(string branch) => github.Repository.Deployments.CreateAsync(
            new NewDeployment
            {
                Sha = CommitSha.Parse(repository.Branches[branch]),
                Ref = GitRef.Branch(branch),
                Correlation = new DeploymentId(1),
                Environment = new EnvironmentName("review"),
                AutoMerge = true,
            },
            Ended);
    }

    [Fact]
    public async Task A_reader_reads_and_is_refused_to_deploy()
    {
        await using var github = await SandboxGitHub.StartAsync();
        var repository = github.Reader.Repository(github.Name);

        (await repository.GetAsync(Ended)).ShouldNotBeNull().Permission.ShouldBe(RepositoryPermission.Read);
        (await repository.Deployments.CreateAsync(
            new NewDeployment { Sha = github.Head, Correlation = new DeploymentId(1), Environment = new EnvironmentName("production") },
            Ended)).ShouldBeOfType<DeploymentCreation.Refused>();
        (await github.Writer.Repository(github.Name).GetAsync(Ended)).ShouldNotBeNull().Permission.ShouldBe(RepositoryPermission.Write);
        (await github.Repository.Collaborators.PermissionOfAsync(new GitHubUser(new GitHubUserId(github.Sandbox.World.FindAccount("rita")!.Id), new GitHubLogin("rita")), Ended)).ShouldBe(RepositoryPermission.Read);
    }

    [Fact]
    public async Task A_user_finds_himself_and_what_he_can_reach()
    {
        await using var github = await SandboxGitHub.StartAsync();
        var writer = github.Writer;

        (await writer.GetSelfAsync(Ended)).Login.ShouldBe(new GitHubLogin("ada"));
        var installation = await writer.ListInstallationsAsync(Ended).SingleAsync(Ended);
        installation.Id.ShouldBe(github.InstallationId);
        installation.Account.Login.ShouldBe(new GitHubLogin("acme"));
        var page = (await writer.ListRepositoriesAsync(installation.Id, 1, Ended)).ShouldNotBeNull();
        page.TotalCount.ShouldBe(1);
        page.Repositories.ShouldHaveSingleItem().Name.ShouldBe(github.Name);
    }

    [Fact]
    public async Task A_revoked_token_has_ended()
    {
        await using var github = await SandboxGitHub.StartAsync();
        var token = new UserToken(github.Sandbox.UserToken(github.Sandbox.Writer));
        await github.Clients.User(token).GetSelfAsync(Ended);

        await github.Clients.App.RevokeAsync(token, Ended);

        await Should.ThrowAsync<UserTokenEndedException>(() => github.Clients.User(token).GetSelfAsync(Ended));
        await github.Clients.App.RevokeAsync(token, Ended);
    }

    [Fact]
    public async Task An_installation_outlives_its_tokens_and_is_known_to_the_App()
    {
        await using var github = await SandboxGitHub.StartAsync();
        await github.Repository.GetAsync(Ended);
        github.Sandbox.Time.Advance(TimeSpan.FromHours(3));
        await github.Repository.GetAsync(Ended);

        (await github.Clients.App.GetInstallationAsync(github.Name, Ended)).ShouldNotBeNull().Id.ShouldBe(github.InstallationId);
        (await github.Clients.App.GetInstallationAsync(github.InstallationId, Ended)).ShouldNotBeNull().Account.Login.ShouldBe(new GitHubLogin("acme"));
        (await github.Clients.App.ListInstallationsAsync(Ended).CountAsync(Ended)).ShouldBe(1);
        (await github.Clients.App.GetInstallationAsync(new InstallationId(999), Ended)).ShouldBeNull();
    }

    [Fact]
    public async Task Refs_and_commits_are_found_and_compared()
    {
        await using var github = await SandboxGitHub.StartAsync();
        var (world, repository, ada) = (github.Sandbox.World, github.Sandbox.Repository, github.Sandbox.Writer);
        var first = github.Head;
        world.CreateTag(repository, "v1", first.Value, ada, "the first");
        world.SetBranch(repository, "feature/x", first.Value, ada);
        var second = CommitSha.Parse(world.Push(repository, "feature/x", ada, "Second\n\nwhy"));

        (await github.Repository.Refs.ResolveAsync("v1", Ended)).ShouldBe(new ResolvedRef(first, GitRef.Tag("v1")));
        (await github.Repository.Refs.ResolveAsync("heads/feature/x", Ended)).ShouldBe(new ResolvedRef(second, GitRef.Branch("feature/x")));
        (await github.Repository.Refs.ResolveAsync(second.Value, Ended)).ShouldBe(new ResolvedRef(second, null));
        (await github.Repository.Refs.ResolveAsync("nowhere", Ended)).ShouldBeNull();
        (await github.Repository.Commits.GetAsync(GitRef.Branch("feature/x"), Ended)).ShouldNotBeNull().Headline.ShouldBe("Second");
        (await github.Repository.Commits.CompareAsync(GitRef.Branch("feature/x"), first, Ended)).ShouldNotBeNull().HeadIsContained.ShouldBeTrue();
        (await github.Repository.Commits.CompareAsync(first, second, Ended)).ShouldNotBeNull().Status.ShouldBe(ComparisonStatus.Ahead);
    }

    [Fact]
    public async Task Statuses_and_checks_are_read_back()
    {
        await using var github = await SandboxGitHub.StartAsync();
        await github.Repository.CommitStatuses.CreateAsync(github.Head, new NewCommitStatus(CommitState.Pending, "deliverybot/production"), Ended);
        github.Sandbox.Time.Advance(TimeSpan.FromSeconds(1));
        await github.Repository.CommitStatuses.CreateAsync(
            github.Head, new NewCommitStatus(CommitState.Success, "deliverybot/production", "live", new Uri("https://deliverybot.example/")), Ended);
        github.Sandbox.World.FinishCheck(github.Sandbox.Repository, github.Sandbox.World.StartCheck(github.Sandbox.Repository, github.Head.Value, "ci"), "skipped");

        var status = (await github.Repository.CommitStatuses.ListAsync(github.Head, Ended)).ShouldHaveSingleItem();
        var run = (await github.Repository.Checks.ListAsync(github.Head, Ended)).ShouldHaveSingleItem();

        (status.State, status.Description).ShouldBe((CommitState.Success, "live"));
        (run.Name, run.Status, run.Conclusion).ShouldBe(("ci", CheckRunStatus.Completed, CheckConclusion.Skipped));
        run.CheckSuite.ShouldNotBeNull();
        run.App.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_conversation_is_held_in_one_comment()
    {
        await using var github = await SandboxGitHub.StartAsync();
        var (world, repository, ada) = (github.Sandbox.World, github.Sandbox.Repository, github.Sandbox.Writer);
        world.SetBranch(repository, "topic", repository.Head, ada);
        world.Push(repository, "topic", ada, "Change", new Dictionary<string, string?> { ["file"] = "1" });
        var number = new PullRequestNumber(world.OpenPullRequest(repository, "topic", ada, "Topic").Number);

        var pull = (await github.Repository.PullRequests.GetAsync(number, Ended)).ShouldNotBeNull();
        var comment = await github.Repository.Comments.CreateAsync(number, "one", Ended);
        (await github.Repository.Comments.UpdateAsync(comment, "two", Ended)).ShouldBeTrue();
        (await github.Repository.Comments.ReactAsync(comment, Reaction.ThumbsDown, Ended)).ShouldBe(ReactionOutcome.Given);

        pull.IsFromFork.ShouldBeFalse();
        pull.Head.Branch.ShouldBe("topic");
        (await github.Repository.Comments.ListAsync(number, DateTimeOffset.UnixEpoch, Ended).SingleAsync(Ended)).Body.ShouldBe("two");
    }

    [Fact]
    public async Task The_commits_of_a_branch_come_with_their_checks_in_one_call()
    {
        await using var github = await SandboxGitHub.StartAsync();
        var (world, repository, ada) = (github.Sandbox.World, github.Sandbox.Repository, github.Sandbox.Writer);
        world.SetBranch(repository, "feature/x", repository.Head, ada);
        var second = CommitSha.Parse(world.Push(repository, "feature/x", ada, "Second"));
        world.SetStatus(repository, second.Value, "ci/status", "pending");
        world.SetStatus(repository, second.Value, "deliverybot/production", "failure");

        var shown = (await github.Writer.ReadCommitsPageAsync(github.Name, GitRef.Branch("feature/x"), null, null, Ended)).ShouldNotBeNull();
        var byDefault = (await github.Reader.ReadCommitsPageAsync(github.Name, null, null, "main", Ended)).ShouldNotBeNull();
        var nowhere = await github.Reader.ReadCommitsPageAsync(new RepositoryName("acme", "nothing"), null, null, null, Ended);

        shown.ViewerPermission.ShouldBe(RepositoryPermission.Write);
        shown.Shown.ShouldBe(GitRef.Branch("feature/x"));
        (shown.Commits[0].Sha, shown.Commits[0].State).ShouldBe((second, CombinedState.Pending));
        shown.Commits[0].Checks.Select(check => check.Name).ShouldContain("ci/status");
        shown.Commits[0].Checks.Select(check => check.Name).ShouldNotContain("deliverybot/production");
        shown.Branches.ShouldBe([GitRef.Branch("feature/x"), GitRef.Branch("main")], ignoreOrder: true);
        byDefault.Shown.ShouldBe(GitRef.Branch("main"));
        byDefault.Commits[0].Sha.ShouldBe(github.Head);
        byDefault.Branches.ShouldHaveSingleItem().ShouldBe(GitRef.Branch("main"));
        nowhere.ShouldBeNull();
    }

    [Fact]
    public async Task A_webhook_that_never_arrived_is_listed_and_sent_again()
    {
        await using var github = await SandboxGitHub.StartAsync(new SandboxServerOptions { WebhookUrl = new Uri("http://127.0.0.1:1/") });
        github.Sandbox.World.Webhooks.Ping();
        await github.Sandbox.World.Webhooks.WaitUntilDeliveredAsync(Ended);

        var attempts = (await github.Clients.App.ListHookDeliveriesAsync(cursor: null, Ended)).Attempts;
        var ping = attempts.Where(delivery => delivery.Event == "ping").ShouldHaveSingleItem();
        ping.Succeeded.ShouldBeFalse();
        (await github.Clients.App.RedeliverAsync(ping, Ended)).ShouldBeTrue();
        await github.Sandbox.World.Webhooks.WaitUntilDeliveredAsync(Ended);

        var again = (await github.Clients.App.ListHookDeliveriesAsync(cursor: null, Ended)).Attempts.First(delivery => delivery.Event == "ping");
        again.Guid.ShouldBe(ping.Guid);
        again.Redelivery.ShouldBeTrue();
    }
}

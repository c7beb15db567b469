using System.Text.Json.Nodes;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.GitHub.Commits;
using Deliverybot.Jobs.GitHub.Contents;
using Deliverybot.Jobs.GitHub.Deployments;
using Deliverybot.Jobs.GitHub.PullRequests;
using Deliverybot.Jobs.GitHub.Transport;
using Deliverybot.Sandbox;
using Shouldly;
using Xunit;
using NewDeployment = Deliverybot.Jobs.GitHub.Deployments.NewDeployment;

namespace Deliverybot.Tests.Contracts.Rest;

/// <summary>Each call that our client can make, with all that it can send along.</summary>
public sealed class ClientContractTests
{
    private static CancellationToken Ended => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_App_asks_as_GitHub_describes_it()
    {
        await using var recorded = await RecordedGitHub.StartAsync(new SandboxServerOptions { WebhookUrl = new Uri("http://127.0.0.1:1/") });
        var (github, app) = (recorded.GitHub, recorded.GitHub.Clients.App);
        github.Sandbox.World.Webhooks.Ping();
        await github.Sandbox.World.Webhooks.WaitUntilDeliveredAsync(Ended);

        (await app.GetSelfAsync(Ended)).Permissions.ShouldContainKeyAndValue("statuses", "write");
        (await app.GetHookConfigAsync(Ended)).Url.ShouldBe("http://127.0.0.1:1/");
        (await app.GetInstallationAsync(github.Name, Ended)).ShouldNotBeNull();
        (await app.GetInstallationAsync(new RepositoryName("acme", "nothing"), Ended)).ShouldBeNull();
        (await app.GetInstallationAsync(github.InstallationId, Ended)).ShouldNotBeNull();
        (await app.GetInstallationAsync(new InstallationId(999), Ended)).ShouldBeNull();
        var installation = github.Clients.Installation(github.InstallationId);
        (await installation.FindRepositoryAsync(new RepositoryId(github.Sandbox.Repository.Id), Ended)).ShouldNotBeNull().Name.ShouldBe(github.Name);
        (await installation.FindRepositoryAsync(new RepositoryId(1), Ended)).ShouldBeNull();
        (await app.ListInstallationsAsync(Ended).CountAsync(Ended)).ShouldBe(1);
        (await installation.ListRepositoriesAsync(Ended).CountAsync(Ended)).ShouldBe(1);
        var attempts = (await app.ListHookDeliveriesAsync(cursor: null, Ended)).Attempts;
        (await app.RedeliverAsync(attempts[0], Ended)).ShouldBeTrue();
        var token = new UserToken(github.Sandbox.UserToken(github.Sandbox.Writer));
        await app.RevokeAsync(token, Ended);
        await app.RevokeAsync(token, Ended);

        await recorded.ShouldKeepTheContractAsync();
    }

    [Fact]
    public async Task A_user_asks_as_GitHub_describes_it()
    {
        await using var recorded = await RecordedGitHub.StartAsync();
        var (github, writer) = (recorded.GitHub, recorded.GitHub.Writer);

        await writer.GetSelfAsync(Ended);
        (await writer.ListInstallationsAsync(Ended).CountAsync(Ended)).ShouldBe(1);
        (await writer.ListRepositoriesAsync(github.InstallationId, 1, Ended)).ShouldNotBeNull();
        (await writer.ListRepositoriesAsync(new InstallationId(999), 1, Ended)).ShouldBeNull();
        (await writer.Repository(github.Name).GetAsync(Ended)).ShouldNotBeNull();
        (await writer.Repository(new RepositoryName("acme", "nothing")).GetAsync(Ended)).ShouldBeNull();
        var refused = new NewDeployment { Sha = github.Head, Correlation = new DeploymentId(1), Environment = new EnvironmentName("production") };
        (await github.Reader.Repository(github.Name).Deployments.CreateAsync(refused, Ended)).ShouldBeOfType<DeploymentCreation.Refused>();

        await recorded.ShouldKeepTheContractAsync();
    }

    [Fact]
    public async Task Deployments_are_made_and_read_as_GitHub_describes_it()
    {
        await using var recorded = await RecordedGitHub.StartAsync();
        var (github, deployments) = (recorded.GitHub, recorded.GitHub.Repository.Deployments);
        var run = github.Sandbox.World.StartCheck(github.Sandbox.Repository, github.Sandbox.Repository.Head, "ci");
        var wish = new NewDeployment
        {
            Sha = github.Head,
            Ref = GitRef.Branch("main"),
            Correlation = new DeploymentId(12),
            Environment = new EnvironmentName("production"),
            Task = "deploy:migrations",
            Description = "a description",
            RequiredContexts = ["ci"],
            Payload = new JsonObject { ["target"] = "production", ["nested"] = new JsonObject { ["list"] = new JsonArray(1, null, "three") } },
            TransientEnvironment = true,
            ProductionEnvironment = true,
        };

        (await deployments.CreateAsync(wish, Ended)).ShouldBeOfType<DeploymentCreation.ContextsUnmet>();
        github.Sandbox.World.FinishCheck(github.Sandbox.Repository, run, "success");
        var made = (await deployments.CreateAsync(wish, Ended)).ShouldBeOfType<DeploymentCreation.Created>();
        (await deployments.CreateAsync(wish with { Ref = GitRef.Branch("nowhere") }, Ended)).ShouldBeOfType<DeploymentCreation.Refused>();
        (await deployments.GetAsync(made.Id, Ended)).ShouldNotBeNull().Correlation.ShouldBe(wish.Correlation);
        (await deployments.GetAsync(new GitHubDeploymentId(1), Ended)).ShouldBeNull();
        (await deployments.FindByCorrelationAsync(wish.Correlation, new DeploymentFilter(wish.Environment, wish.Sha), DateTimeOffset.MinValue, Ended)).ShouldNotBeNull();
        foreach (var state in Enum.GetValues<GitHubDeploymentState>().Except([GitHubDeploymentState.Unknown, GitHubDeploymentState.Waiting]))
        {
            var status = new NewDeploymentStatus(state, "how it goes", new Uri("https://log.example/"), new Uri("https://shop.example/"));
            (await deployments.CreateStatusAsync(made.Id, status, Ended)).ShouldBeTrue();
        }

        (await deployments.CreateStatusAsync(new GitHubDeploymentId(1), new NewDeploymentStatus(GitHubDeploymentState.Error), Ended)).ShouldBeFalse();
        (await deployments.ListStatusesAsync(made.Id, Ended).CountAsync(Ended)).ShouldBe(7);

        await recorded.ShouldKeepTheContractAsync();
    }

    [Fact]
    public async Task A_deployment_that_merges_first_goes_as_GitHub_describes_it()
    {
        await using var recorded = await RecordedGitHub.StartAsync();
        var github = recorded.GitHub;
        var (world, repository, ada) = (github.Sandbox.World, github.Sandbox.Repository, github.Sandbox.Writer);
        foreach (var branch in new[] { "topic", "clash" })
        {
            world.SetBranch(repository, branch, repository.Head, ada);
            world.Push(repository, branch, ada, "Theirs", new Dictionary<string, string?> { [branch] = "1" });
        }

        world.MarkConflicting(repository, "clash");
        world.Push(repository, "main", ada, "Ours", new Dictionary<string, string?> { ["main"] = "1" });

        (await MergeAsync("topic")).ShouldBeOfType<DeploymentCreation.Merged>();
        (await MergeAsync("clash")).ShouldBeOfType<DeploymentCreation.MergeConflict>();

        await recorded.ShouldKeepTheContractAsync();

        Task<DeploymentCreation> MergeAsync(string branch) => github.Repository.Deployments.CreateAsync(
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
    public async Task Refs_commits_and_files_are_read_as_GitHub_describes_it()
    {
        await using var recorded = await RecordedGitHub.StartAsync();
        var (github, client) = (recorded.GitHub, recorded.GitHub.Repository);
        var (world, repository, ada) = (github.Sandbox.World, github.Sandbox.Repository, github.Sandbox.Writer);
        var first = github.Head;
        world.CreateTag(repository, "v1", first.Value, ada, "the first");
        world.SetBranch(repository, "feature/x", first.Value, ada);
        var second = CommitSha.Parse(world.Push(repository, "feature/x", ada, "Second", new Dictionary<string, string?> { [".github/deploy.yml"] = "a: {}\n" }));

        (await client.Refs.ResolveAsync("v1", Ended)).ShouldNotBeNull();
        (await client.Refs.ResolveAsync("feature/x", Ended)).ShouldNotBeNull();
        (await client.Refs.ResolveAsync("nowhere", Ended)).ShouldBeNull();
        (await client.Commits.GetAsync(GitRef.Branch("feature/x"), Ended)).ShouldNotBeNull();
        (await client.Commits.GetAsync(new Revision(new string('0', 39) + "1"), Ended)).ShouldBeNull();
        (await client.Commits.CompareAsync(GitRef.Branch("feature/x"), first, Ended)).ShouldNotBeNull();
        (await client.Commits.CompareAsync(first, second, Ended)).ShouldNotBeNull();
        (await client.Contents.ReadAsync(".github/deploy.yml", second, Ended)).ShouldBeOfType<FileRead.Found>();
        (await client.Contents.ReadAsync(".github/deploy.yml", second, Ended)).ShouldBeOfType<FileRead.Found>();
        (await client.Contents.ReadAsync(".github", second, Ended)).ShouldBeOfType<FileRead.Unreadable>();
        (await client.Contents.ListAsync("", Ended)).ShouldContain("README.md");
        (await client.Contents.ListAsync("nowhere", Ended)).ShouldBeEmpty();
        (await client.ListLanguagesAsync(Ended)).ShouldBeEmpty();
        (await client.Contents.ReadAsync(".github/deploy.yml", null, Ended)).ShouldBeOfType<FileRead.Missing>();

        await recorded.ShouldKeepTheContractAsync();
    }

    [Fact]
    public async Task Statuses_and_checks_are_written_and_read_as_GitHub_describes_it()
    {
        await using var recorded = await RecordedGitHub.StartAsync();
        var (github, client) = (recorded.GitHub, recorded.GitHub.Repository);
        var run = github.Sandbox.World.StartCheck(github.Sandbox.Repository, github.Head.Value, "ci");
        await client.Checks.ListAsync(github.Head, Ended);
        github.Sandbox.World.FinishCheck(github.Sandbox.Repository, run, "skipped");

        foreach (var state in Enum.GetValues<CommitState>())
        {
            await client.CommitStatuses.CreateAsync(
                github.Head, new NewCommitStatus(state, "deliverybot/production", "live", new Uri("https://deliverybot.example/")), Ended);
        }

        await client.CommitStatuses.CreateAsync(github.Head, new NewCommitStatus(CommitState.Pending, "deliverybot/bare"), Ended);
        (await client.CommitStatuses.ListAsync(github.Head, Ended)).Count.ShouldBe(2);
        (await client.Checks.ListAsync(github.Head, Ended)).ShouldHaveSingleItem();

        await recorded.ShouldKeepTheContractAsync();
    }

    [Fact]
    public async Task Pull_requests_are_read_and_answered_as_GitHub_describes_it()
    {
        await using var recorded = await RecordedGitHub.StartAsync();
        var (github, client) = (recorded.GitHub, recorded.GitHub.Repository);
        var (world, repository, ada) = (github.Sandbox.World, github.Sandbox.Repository, github.Sandbox.Writer);
        world.SetBranch(repository, "topic", repository.Head, ada);
        world.Push(repository, "topic", ada, "Change", new Dictionary<string, string?> { ["file"] = "1" });
        var number = new PullRequestNumber(world.OpenPullRequest(repository, "topic", ada, "Topic").Number);

        (await client.PullRequests.GetAsync(number, Ended)).ShouldNotBeNull();
        (await client.PullRequests.GetAsync(new PullRequestNumber(999), Ended)).ShouldBeNull();
        (await client.Collaborators.PermissionOfAsync(new GitHubUser(new GitHubUserId(world.FindAccount("rita")!.Id), new GitHubLogin("rita")), Ended)).ShouldBe(Deliverybot.Jobs.GitHub.Access.RepositoryPermission.Read);
        (await client.Collaborators.PermissionOfAsync(Somebody.Called("nobody"), Ended)).ShouldBe(Deliverybot.Jobs.GitHub.Access.RepositoryPermission.None);
        var comment = await client.Comments.CreateAsync(number, "one", Ended);
        (await client.Comments.UpdateAsync(comment, "two", Ended)).ShouldBeTrue();
        foreach (var reaction in Enum.GetValues<Reaction>())
        {
            (await client.Comments.ReactAsync(comment, reaction, Ended)).ShouldBeOneOf(ReactionOutcome.Given, ReactionOutcome.ThereAlready);
            (await client.Comments.ReactAsync(comment, reaction, Ended)).ShouldBeOneOf(ReactionOutcome.Given, ReactionOutcome.ThereAlready);
        }

        (await client.Comments.ListAsync(number, DateTimeOffset.UnixEpoch, Ended).CountAsync(Ended)).ShouldBe(1);

        await recorded.ShouldKeepTheContractAsync();
    }
}

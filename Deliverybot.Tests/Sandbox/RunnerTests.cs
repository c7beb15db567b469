using Deliverybot.Sandbox;
using Deliverybot.Sandbox.Runner;
using Deliverybot.Sandbox.World;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Sandbox;

public sealed class RunnerTests
{
    [Theory]
    [InlineData(RunnerMode.Succeed, "success")]
    [InlineData(RunnerMode.Fail, "failure")]
    [InlineData(RunnerMode.Error, "error")]
    public async Task A_deployment_goes_through_its_states_as_the_clock_goes_on(RunnerMode mode, string end)
    {
        await using var github = await SandboxDriver.StartAsync(new SandboxServerOptions { Runner = true });
        github.Server.Runner.Add(new RunnerRule(mode, "acme/shop", "STAGING"));
        var deployment = await DeployAsync(github);
        await ReachedAsync(github, deployment, 3);
        deployment.Statuses.Select(status => status.State).ShouldBe(["pending", "in_progress", end]);
    }

    [Fact]
    public async Task An_Actions_job_files_a_deployment_of_its_own_and_reports_there()
    {
        await using var github = await SandboxDriver.StartAsync(new SandboxServerOptions { Runner = true });
        github.Server.Runner.Add(new RunnerRule(RunnerMode.Actions));
        var filed = NextAsync(github.World, "deployment", item => item.Sender == github.World.ActionsBot);
        var deployment = await DeployAsync(github);
        await filed.WaitAsync(SandboxDriver.Cancellation);
        var own = github.Repository.Deployments[^1];
        await ReachedAsync(github, own, 3);
        own.Creator.Login.ShouldBe("github-actions[bot]");
        own.Sha.ShouldBe(deployment.Sha);
        own.Environment.ShouldBe(deployment.Environment);
        deployment.Statuses.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(true, new[] { "waiting", "pending", "in_progress", "success" })]
    [InlineData(false, new[] { "waiting", "failure" })]
    public async Task An_Actions_job_waits_for_its_reviewer(bool approved, string[] states)
    {
        await using var github = await SandboxDriver.StartAsync(new SandboxServerOptions { Runner = true });
        github.Server.Runner.Add(new RunnerRule(RunnerMode.Review));
        var filed = NextAsync(github.World, "deployment", item => item.Sender == github.World.ActionsBot);
        await DeployAsync(github);
        await filed.WaitAsync(SandboxDriver.Cancellation);
        var own = github.Repository.Deployments[^1];
        await ReachedAsync(github, own, 1);

        github.Server.Runner.Review(own, approved).ShouldBeTrue();
        await ReachedAsync(github, own, states.Length);

        own.Statuses.Select(status => status.State).ShouldBe(states);
        github.Server.Runner.Review(own, approved).ShouldBeFalse();
    }

    [Fact]
    public async Task A_push_starts_the_checks_that_are_watched()
    {
        await using var github = await SandboxDriver.StartAsync(new SandboxServerOptions { Runner = true });
        github.Server.Checks.Watch(github.Repository, "ci");
        github.Server.Checks.Duration = TimeSpan.Zero;
        var ended = NextAsync(github.World, "check_suite", item => item.Action == "completed");
        var sha = github.World.Push(github.Repository, "main", github.Writer, "One");
        await ended.WaitAsync(SandboxDriver.Cancellation);
        var run = github.Repository.CheckRuns.ShouldHaveSingleItem();
        run.Sha.ShouldBe(sha);
        run.Conclusion.ShouldBe("success");
    }

    [Fact]
    public async Task The_demo_organisation_has_people_repositories_and_a_past()
    {
        await using var server = await SandboxServer.StartAsync(new SandboxServerOptions { Seed = true }, SandboxDriver.Cancellation);
        var world = server.World;
        var rita = world.FindAccount("rita")!;
        foreach (var name in new[] { "acme/shop", "acme/api", "acme/web" })
        {
            var repository = world.FindRepository(name)!;
            repository.Objects.History(repository.Head).Count().ShouldBeGreaterThan(10);
            world.PermissionOf(rita, repository).ShouldBe(RepositoryPermission.Read);
            world.PermissionOf(world.FindAccount("ada")!, repository).ShouldBe(RepositoryPermission.Write);
        }

        world.PermissionOf(rita, world.FindRepository("acme/vault")!).ShouldBe(RepositoryPermission.None);
        world.FindRepository("acme/api")!.Deployments.ShouldContain(item => item.State == "success" && item.Environment == "production");
        world.Installations.ShouldHaveSingleItem().AllRepositories.ShouldBeTrue();
    }

    private static async Task<Deployment> DeployAsync(SandboxDriver github)
    {
        var answer = await github.PostAsync($"{github.Repo}/deployments", await github.InstallationTokenAsync(), new { @ref = "main", environment = "staging" });
        answer.Status.ShouldBe(201);
        var id = (long)answer.Body["id"]!;
        return github.Repository.Deployments.Single(item => item.Id == id);
    }

    /// <summary>Lets time pass, one step after each report, until there are so many.</summary>
    private static async Task ReachedAsync(SandboxDriver github, Deployment deployment, int reports)
    {
        while (github.World.Read(_ => deployment.Statuses.Count) < reports)
        {
            github.Time.Advance(github.Server.Runner.Step);
            await Task.Yield();
        }
    }

    private static Task NextAsync(GitHubWorld world, string name, Func<WorldEvent, bool> wanted)
    {
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        world.Happened += happened =>
        {
            if (happened.Name == name && wanted(happened))
            {
                seen.TrySetResult();
            }
        };
        return seen.Task;
    }
}

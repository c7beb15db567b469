using System.Globalization;
using Deliverybot.Data.Deploying;
using Deliverybot.Jobs.Upkeep;
using Deliverybot.Sandbox.Faults;
using Deliverybot.Tests.Harness;
using Deliverybot.Tests.Jobs.Upkeep;
using Deliverybot.Tests.Site;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.Channels.Statuses;

/// <summary>A target that requires another's status goes out only where that one's commit has really been deployed.</summary>
public sealed class RequiredTargetTests(House house) : IClassFixture<House>
{
    private const string Context = "deliverybot/staging";

    private const string AtOnce =
        """
        staging:
          environment: staging
          auto_deploy_on: refs/heads/main
        production:
          auto_deploy_on: refs/heads/main
          only_latest: false
          required_contexts: [deliverybot/staging]
        """;

    private const string AfterChecks =
        """
        staging:
          environment: staging
          auto_deploy_on: refs/heads/main
          required_contexts: [ci]
        production:
          auto_deploy_on: refs/heads/main
          only_latest: false
          required_contexts: [deliverybot/staging]
        """;

    [Fact]
    public async Task What_GitHub_refused_is_an_error()
    {
        var shop = new RepositoryDriver(house, AtOnce);
        house.GitHub.Faults.Add(new FaultRule
        {
            Method = "POST",
            Route = "/repos/{owner}/{repo}/deployments",
            ErrorShare = 1,
            ErrorStatus = 422,
            ErrorMessage = "Validation Failed",
            Times = 1,
        });

        var sha = shop.Push("Refused");
        await shop.SettleAsync();

        shop.StatusesOf(sha, Context).ShouldBe(["error: Not deployed: GitHub refused it: Validation Failed"]);
        await ShouldWaitAsync(shop, sha, "deliverybot/staging (error). A re-run may turn it green.");
    }

    [Fact]
    public async Task What_a_person_cancelled_is_an_error()
    {
        var shop = new RepositoryDriver(house, AfterChecks);
        var sha = shop.Push("Cancelled");
        await shop.SettleAsync();
        var staging = (await shop.RowsAsync()).Single(row => row.Target.Value == "staging");
        using var ada = await house.SignInAsync("ada");

        using var answer = await ada.PostFormAsync(
            $"/{shop.Repository.FullName}/cancel", ("id", staging.Id.Value.ToString(CultureInfo.InvariantCulture)));
        await house.EventuallyAsync(
            () => Task.FromResult(shop.StatusesOf(sha, Context) is [.., "error: Not deployed: Cancelled by ada."]), "the commit says so");

        await ShouldWaitAsync(shop, sha, "deliverybot/staging (error). A re-run may turn it green.");
    }

    [Fact]
    public async Task What_cannot_be_filled_in_is_an_error()
    {
        var shop = new RepositoryDriver(house, AtOnce.Replace("environment: staging", "environment: pr-${{ pr }}", StringComparison.Ordinal));

        var sha = shop.Push("No pull request");
        await shop.SettleAsync();

        shop.StatusesOf(sha, Context).ShouldHaveSingleItem().ShouldStartWith("error: Not deployed: ");
        await ShouldWaitAsync(shop, sha, "deliverybot/staging (error). A re-run may turn it green.");
    }

    [Fact]
    public async Task What_something_newer_overtook_stays_pending_for_good_and_costs_no_more()
    {
        var shop = new RepositoryDriver(house, AfterChecks);
        var older = shop.Push("One");
        await shop.SettleAsync();
        var newer = shop.Push("Two");
        await shop.SettleAsync();
        string[] expected = ["pending: Waiting for ci (no result yet).", $"pending: Not deployed: {newer[..7]} is newer and takes its place."];
        shop.StatusesOf(older, Context).ShouldBe(expected);

        shop.SetStatus(older, "ci");
        await shop.SettleAsync();
        var calls = shop.Calls.Count;
        await house.RunAsync<PendingStatusesJob>((job, stop) => job.RunAsync(stop));

        shop.Calls.Count.ShouldBe(calls, "upkeep knows it as ended");
        shop.StatusesOf(older, Context).ShouldBe(expected);
        await ShouldWaitAsync(shop, older, "Waiting for deliverybot/staging (pending).");
    }

    [Theory]
    [InlineData("required_contexts: [deliverybot/staging]")]
    [InlineData("after: [staging]")]
    public async Task What_a_person_does_there_with_another_task_brings_it_nowhere(string follows)
    {
        var shop = new RepositoryDriver(house, AfterChecks.Replace("required_contexts: [deliverybot/staging]", follows, StringComparison.Ordinal));
        var sha = shop.Push("Migrated");
        await shop.SettleAsync();
        using var ada = await house.SignInAsync("ada");

        using var answer = await ada.PostFormAsync(
            $"/{shop.Repository.FullName}/deploy", ("target", "staging"), ("sha", sha), ("ref", "main"), ("task", "migrate"), ("force", "true"));
        await shop.SettleAsync();
        shop.Report(sha, "success");
        await shop.SettleAsync();

        shop.World.Read(_ => shop.Repository.Deployments.Select(made => $"{made.Environment}: {made.Task}").ToList()).ShouldBe(["staging: migrate"]);
        shop.StatusesOf(sha, Context).ShouldBe(["pending: Waiting for ci (no result yet)."]);
        (await shop.RowsAsync()).Where(row => row.Target.Value == "production").ShouldAllBe(row => row.State == DeploymentState.Waiting);
    }

    [Theory]
    [InlineData("success", "success: Deployed to staging.")]
    [InlineData("failure", "failure: The deployment to staging failed: The oven is cold")]
    [InlineData("inactive", "error: Not deployed: It was made inactive in staging before it succeeded.")]
    public async Task What_somebody_else_was_bringing_follows_that_deployment(string state, string status)
    {
        var shop = new RepositoryDriver(house, AfterChecks);
        var sha = shop.Push("Brought by a script");
        await shop.SettleAsync();
        var made = shop.World.CreateDeployment(shop.Repository, sha, "staging", house.Ada);
        shop.World.SetDeploymentStatus(shop.Repository, made, "in_progress", house.Ada);
        await shop.SettleAsync();

        shop.SetStatus(sha, "ci");
        await shop.SettleAsync();
        shop.StatusesOf(sha, Context)[^1].ShouldBe($"pending: {sha[..7]} is on its way to staging already.");
        shop.World.Read(_ => shop.Repository.Deployments.Count).ShouldBe(1);

        shop.World.SetDeploymentStatus(shop.Repository, made, state, house.Ada, "The oven is cold");
        await shop.SettleAsync();

        shop.StatusesOf(sha, Context)[^1].ShouldBe(status);
        await house.EventuallyAsync(
            async () => (await shop.RowsAsync()).Single(row => row.Target.Value == "production").State
                == (state == "success" ? DeploymentState.Pending : DeploymentState.Waiting),
            "production goes out where staging has it, and only there");
    }

    private static async Task ShouldWaitAsync(RepositoryDriver shop, string sha, string reason)
    {
        await shop.SettleAsync();
        var production = (await shop.RowsAsync()).Single(row => row.Target.Value == "production" && row.Sha.Value == sha);
        (production.State, production.Reason?.ToString()).ShouldBe((DeploymentState.Waiting, reason));
        shop.Deployed.ShouldNotContain(sha);
    }
}

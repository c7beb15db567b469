using Deliverybot.Data.Deploying;
using Deliverybot.Sandbox.Faults;
using Deliverybot.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;
using static Deliverybot.Tests.Jobs.RepositoryDriver;

namespace Deliverybot.Tests.Jobs.Events.Checks;

public sealed class SkippedChecksTests(House house) : IClassFixture<House>
{
    private const string Checked = "production:\n  auto_deploy_on: refs/heads/main\n  required_contexts: [ci, e2e]\n";

    [Theory]
    [InlineData("skipped")]
    [InlineData("neutral")]
    public async Task A_check_that_was_not_needed_counts_as_good(string conclusion)
    {
        var shop = new RepositoryDriver(house, Checked);
        var sha = shop.Push("Only documentation");
        await shop.SettleAsync();
        var ci = shop.World.StartCheck(shop.Repository, sha, "ci");
        var e2e = shop.World.StartCheck(shop.Repository, sha, "e2e");

        shop.World.FinishCheck(shop.Repository, ci, "success");
        await shop.SettleAsync();
        shop.World.FinishCheck(shop.Repository, e2e, conclusion);

        (await shop.SettledAsync(sha)).State.ShouldBe(DeploymentState.Pending);
        shop.Calls.ShouldBe([Contents, Create, WriteStatus, WriteStatus, Create, ReadStatuses, ReadRuns, Create, WriteStatus]);
        var made = shop.World.Read(_ => shop.Repository.Deployments.ToList()).ShouldHaveSingleItem();
        made.Ref.ShouldBe(sha);
        var row = await shop.RowAsync(sha);
        var look = await house.ReadAsync(db => db.Evaluations.Where(look => look.DeploymentId == row.Id).OrderByDescending(look => look.Id).FirstAsync());
        look.Verdicts.Single(verdict => verdict.Gate == "Checks").Reason.ToString().ShouldBe($"Required: ci, e2e ({conclusion}).");
    }

    [Theory]
    [InlineData("success")]
    [InlineData("skipped")]
    public async Task A_newer_run_of_another_workflow_doesnt_stand_for_an_older_one_of_the_same_name(string newer)
    {
        var shop = new RepositoryDriver(house, "production:\n  auto_deploy_on: refs/heads/main\n  required_contexts: [build]\n");
        var sha = shop.Push("Two workflows with a job called build");
        await shop.SettleAsync();
        var first = shop.World.StartCheck(shop.Repository, sha, "build");
        var second = shop.World.StartCheck(shop.Repository, sha, "build", newSuite: true);

        shop.World.FinishCheck(shop.Repository, second, newer);
        await shop.SettleAsync();
        shop.Deployed.ShouldBeEmpty("the older one still runs");
        shop.World.FinishCheck(shop.Repository, first, "failure");

        var row = await shop.SettledAsync(sha);
        row.State.ShouldBe(DeploymentState.Waiting);
        row.Reason.ShouldBe("build (failure). A re-run may turn it green.");
        shop.Deployed.ShouldBeEmpty();

        shop.World.FinishCheck(shop.Repository, shop.World.StartCheck(shop.Repository, sha, "other"), "success");
        var again = shop.World.StartCheckIn(shop.Repository, first.Suite, "build");
        shop.World.FinishCheck(shop.Repository, again, "success");
        (await shop.SettledAsync(sha)).State.ShouldBe(DeploymentState.Pending);
    }

    [Fact]
    public async Task Of_all_but_the_skipped_ones_GitHub_stays_the_judge()
    {
        var shop = new RepositoryDriver(house, Checked);
        var sha = shop.Push("Turns bad meanwhile");
        await shop.SettleAsync();
        shop.SetStatus(sha, "ci");
        await shop.SettleAsync();
        var asked = 0;
        house.GitHub.Faults.Add(new FaultRule { Method = "POST", Route = "/repos/{owner}/{repo}/deployments", Address = $"/{shop.Repository.FullName}/", Times = 2, Meanwhile = TurnBad });

        shop.World.FinishCheck(shop.Repository, shop.World.StartCheck(shop.Repository, sha, "e2e"), "skipped");

        var row = await shop.SettledAsync(sha);
        asked.ShouldBe(2);
        row.State.ShouldBe(DeploymentState.Waiting);
        row.Reason.ShouldBe("ci (failure). A re-run may turn it green.");
        shop.Deployed.ShouldBeEmpty();

        // The second time is after the checks were read here.
        void TurnBad()
        {
            if (++asked == 2)
            {
                shop.SetStatus(sha, "ci", "failure");
            }
        }
    }

    [Fact]
    public async Task A_check_that_was_skipped_because_another_failed_is_no_pass_until_that_is_mended()
    {
        var shop = new RepositoryDriver(house, Checked);
        var sha = shop.Push("Breaks the build");
        await shop.SettleAsync();
        shop.SetStatus(sha, "ci");
        var build = shop.World.StartCheck(shop.Repository, sha, "build");
        shop.World.StartCheck(shop.Repository, sha, "e2e", needs: ["build"]);

        shop.World.FinishCheck(shop.Repository, build, "failure");

        var row = await shop.SettledAsync(sha);
        row.State.ShouldBe(DeploymentState.Waiting);
        row.Reason.ShouldBe("e2e (skipped because build failed). A re-run may turn it green.");
        shop.StatusesOf(sha, "deliverybot/production")[^1].ShouldBe($"pending: {row.Reason}");

        var again = shop.World.StartCheck(shop.Repository, sha, "build");
        shop.World.FinishCheck(shop.Repository, again, "success");
        (await shop.SettledAsync(sha)).State.ShouldBe(DeploymentState.Pending);
    }

    [Fact]
    public async Task A_check_that_was_skipped_goes_on_when_it_is_run_after_all()
    {
        var shop = new RepositoryDriver(house, Checked);
        var sha = shop.Push("Breaks the build");
        await shop.SettleAsync();
        shop.SetStatus(sha, "ci");
        var build = shop.World.StartCheck(shop.Repository, sha, "build");
        shop.World.StartCheck(shop.Repository, sha, "e2e", needs: ["build"]);
        shop.World.FinishCheck(shop.Repository, build, "cancelled");
        (await shop.SettledAsync(sha)).State.ShouldBe(DeploymentState.Waiting);

        var again = shop.World.StartCheck(shop.Repository, sha, "e2e");
        shop.World.FinishCheck(shop.Repository, again, "success");

        (await shop.SettledAsync(sha)).State.ShouldBe(DeploymentState.Pending);
    }

    [Theory]
    [InlineData(false, "failure")]
    [InlineData(false, "error")]
    [InlineData(true, "failure")]
    [InlineData(true, "timed_out")]
    public async Task A_check_that_fails_while_the_wish_waits_is_said_at_once_and_once(bool asRun, string how)
    {
        var shop = new RepositoryDriver(house, Checked);
        var sha = shop.Push("Fails later");
        await shop.SettleAsync();

        Fail();
        await shop.SettleAsync();
        Fail();

        (await shop.SettledAsync(sha)).Reason.ShouldBe($"ci ({how}). A re-run may turn it green.");
        shop.Calls.ShouldBe([Contents, Create, WriteStatus, Create, WriteStatus]);
        shop.StatusesOf(sha, "deliverybot/production")[^1].ShouldBe($"pending: ci ({how}). A re-run may turn it green.");

        void Fail()
        {
            if (asRun)
            {
                shop.World.FinishCheck(shop.Repository, shop.World.StartCheck(shop.Repository, sha, "ci"), how);
            }
            else
            {
                shop.SetStatus(sha, "ci", how);
            }
        }
    }

    [Fact]
    public async Task A_failed_check_waits_and_its_re_run_deploys()
    {
        var shop = new RepositoryDriver(house, Checked);
        var sha = shop.World.Read(_ => shop.Repository.Head);
        shop.SetStatus(sha, "ci");
        sha = shop.World.Commit(shop.Repository, sha, house.Ada, "Fails");
        shop.SetStatus(sha, "ci", "failure");
        shop.World.FinishCheck(shop.Repository, shop.World.StartCheck(shop.Repository, sha, "e2e"), "skipped");
        shop.World.SetBranch(shop.Repository, "main", sha, house.Ada);

        (await shop.SettledAsync(sha)).Reason.ShouldBe("ci (failure). A re-run may turn it green.");
        shop.Calls.ShouldBe([Contents, Create, WriteStatus]);

        shop.SetStatus(sha, "ci");
        (await shop.SettledAsync(sha)).State.ShouldBe(DeploymentState.Pending);
    }

    [Fact]
    public async Task Twenty_checks_that_turn_green_one_by_one_cost_few_calls()
    {
        var names = Enumerable.Range(1, 20).Select(number => $"check-{number}").ToList();
        var shop = new RepositoryDriver(house, $"production:\n  auto_deploy_on: refs/heads/main\n  required_contexts: [{string.Join(", ", names)}]\n");
        var sha = shop.Push("Thorough");
        await shop.SettleAsync();

        foreach (var name in names)
        {
            shop.SetStatus(sha, name, "pending");
            shop.SetStatus(sha, name);
            await shop.SettleAsync();
        }

        (await shop.SettledAsync(sha)).State.ShouldBe(DeploymentState.Pending);
        // With three, two and one left its status says which.
        shop.Calls.ShouldBe([Contents, Create, WriteStatus, WriteStatus, WriteStatus, WriteStatus, Create, WriteStatus]);
    }
}

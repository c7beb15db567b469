using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Acts.Deploying;
using Deliverybot.Tests.Harness;
using Deliverybot.Tests.Jobs.Upkeep;
using Deliverybot.Tests.Site;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;
using Repository = Deliverybot.Sandbox.World.Repository;

namespace Deliverybot.Tests.Jobs.Events.AutoDeploy;

/// <summary>The table of calls in docs/architecture.md, counted at GitHub's side. Tokens, which are fetched once an hour, and the first event of a repository don't count.</summary>
public sealed class CallBudgetTests(House house) : IClassFixture<House>
{
    private const string Contents = "GET /repos/{owner}/{repo}/contents/{**path}";
    private const string Create = "POST /repos/{owner}/{repo}/deployments";
    private const string WriteStatus = "POST /repos/{owner}/{repo}/statuses/{sha}";

    [Fact]
    public async Task A_push_that_no_target_wants_costs_one_call()
    {
        var repository = house.CreateRepository("production:\n  auto_deploy_on: refs/heads/release/*\n");

        house.World.Push(repository, "main", house.Ada, "Nothing to deploy");
        await ProcessedAsync(repository);

        CallsFor(repository).ShouldBe([Contents]);
    }

    [Fact]
    public async Task The_first_event_of_an_unknown_repository_costs_one_more_call_and_no_other_does()
    {
        var repository = house.CreateRepository("production:\n  auto_deploy_on: refs/heads/release/*\n");
        await house.KnownAsync(repository);
        // Whatever is still about to be done for it would find it gone, and ask once more.
        await ProcessedAsync(repository);
        await house.ExecuteAsync($"delete from repositories where id = {repository.Id}");
        var before = AskedForInstallation(repository);

        foreach (var message in new[] { "One", "Two", "Three" })
        {
            house.World.Push(repository, "main", house.Ada, message);
            await ProcessedAsync(repository);
        }

        AskedForInstallation(repository).ShouldBe(before + 1);
    }

    [Fact]
    public async Task A_push_that_is_deployed_costs_two_calls()
    {
        var repository = house.CreateRepository("production:\n  auto_deploy_on: refs/heads/main\n");

        house.World.Push(repository, "main", house.Ada, "Deploy");
        await ProcessedAsync(repository);

        CallsFor(repository).ShouldBe([Contents, Create]);
    }

    [Fact]
    public async Task Checks_cost_one_call_when_the_last_required_one_turns_green_and_before_only_the_status_that_says_what_is_left()
    {
        var repository = house.CreateRepository("production:\n  auto_deploy_on: refs/heads/main\n  required_contexts: [ci, e2e]\n");
        var sha = house.World.Push(repository, "main", house.Ada, "Wait");
        await ProcessedAsync(repository);
        CallsFor(repository).ShouldBe([Contents, Create, WriteStatus]);

        house.World.SetStatus(repository, sha, "lint", "success", house.Ada);
        house.World.SetStatus(repository, sha, "ci", "pending", house.Ada);
        house.World.SetStatus(repository, sha, "ci", "success", house.Ada);
        var check = house.World.StartCheck(repository, sha, "e2e");
        await ProcessedAsync(repository);
        CallsFor(repository).ShouldBe([Contents, Create, WriteStatus, WriteStatus]);

        house.World.FinishCheck(repository, check, "success");
        await ProcessedAsync(repository);
        await house.EventuallyAsync(
            () => house.ReadAsync(db => db.Deployments.AnyAsync(row => row.Sha == new CommitSha(sha) && row.State == DeploymentState.Pending)),
            "the push is deployed");
        CallsFor(repository).ShouldBe([Contents, Create, WriteStatus, WriteStatus, Create, WriteStatus]);
    }

    [Fact]
    public async Task Twenty_required_checks_and_twenty_others_cost_one_creation_when_the_last_required_one_turns_green()
    {
        var required = Enumerable.Range(0, 20).Select(number => $"check-{number}").ToList();
        var repository = house.CreateRepository(
            $"production:\n  auto_deploy_on: refs/heads/main\n  required_contexts: [{string.Join(", ", required)}]\n");
        var sha = house.World.Push(repository, "main", house.Ada, "Wait for many");
        await ProcessedAsync(repository);
        string[] waits = [Contents, Create, WriteStatus];
        CallsFor(repository).ShouldBe(waits);

        for (var number = 0; number < 20; number++)
        {
            Pass(repository, sha, $"other-{number}", asStatus: number % 2 == 1);
            if (number < 19)
            {
                Pass(repository, sha, required[number], asStatus: number % 2 == 0);
            }

            await ProcessedAsync(repository);
            // Its status says what is left once that is no more than three.
            waits = number is >= 16 and < 19 ? [.. waits, WriteStatus] : waits;
            CallsFor(repository).ShouldBe(waits);
        }

        Pass(repository, sha, required[19], asStatus: false);
        await ProcessedAsync(repository);
        CallsFor(repository).ShouldBe([.. waits, Create, WriteStatus]);
    }

    [Fact]
    public async Task Our_own_statuses_come_back_as_events_and_cost_nothing()
    {
        var repository = house.CreateRepository("production:\n  auto_deploy_on: refs/heads/main\n  required_contexts: [ci]\n");
        var sha = house.World.Push(repository, "main", house.Ada, "Wait");
        await ProcessedAsync(repository);
        string[] waits = [Contents, Create, WriteStatus];
        var told = await house.ReadAsync(db => db.WebhookDeliveries.CountAsync());

        foreach (var (context, state) in new[] { ("production", "pending"), ("production", "success"), ("config", "success"), ("production", "failure") })
        {
            house.World.SetStatus(repository, sha, $"deliverybot/{context}", state, house.World.AppBot);
        }

        await ProcessedAsync(repository);
        CallsFor(repository).ShouldBe(waits);
        (await house.ReadAsync(db => db.WebhookDeliveries.CountAsync())).ShouldBeGreaterThan(told);
    }

    [Fact]
    public async Task A_status_that_nothing_waits_for_costs_nothing()
    {
        var repository = house.CreateRepository("production:\n  auto_deploy_on: refs/heads/main\n");
        var sha = house.World.Push(repository, "main", house.Ada, "Deploy");
        await ProcessedAsync(repository);

        house.World.SetStatus(repository, sha, "ci", "success", house.Ada);
        await ProcessedAsync(repository);

        CallsFor(repository).ShouldBe([Contents, Create]);
    }

    [Fact]
    public async Task A_request_that_waits_costs_two_calls_more_when_it_goes_out()
    {
        var acts = new ActDriver(house, "production:\n  required_contexts: [ci]\n");
        var sha = acts.Shop.Push("Wait");
        await acts.Shop.SettleAsync();
        await acts.ActAsync<ManualDeployments>(ActDriver.Ada, (act, actor) => act.RequestAsync(
            actor,
            new ManualRequest { Target = new TargetName("production"), Sha = new CommitSha(sha), Source = CommitSource.LookedAt.Named("main"), Via = DeploymentVia.Web, Waits = true },
            ActDriver.Stop));
        await house.EventuallyAsync(() => Task.FromResult(acts.Shop.Calls[^1] == WriteStatus), "the commit says that it waits");
        var before = acts.Shop.Calls.Count;

        await acts.Shop.PassAsync(sha, "ci");
        await house.EventuallyAsync(() => Task.FromResult(acts.Shop.Calls[^1] == WriteStatus && acts.Shop.Calls.Count > before), "the commit says that it goes out");

        acts.Shop.Calls.Skip(before).ShouldBe(["GET /repos/{owner}/{repo}/collaborators/{username}/permission", "GET /repos/{owner}/{repo}/git/ref/{**ref}", Create, WriteStatus]);
    }

    private void Pass(Repository repository, string sha, string context, bool asStatus)
    {
        if (asStatus)
        {
            house.World.SetStatus(repository, sha, context, "success", house.Ada);
        }
        else
        {
            house.World.FinishCheck(repository, house.World.StartCheck(repository, sha, context), "success");
        }
    }

    private async Task ProcessedAsync(Repository repository)
    {
        var id = new RepositoryId(repository.Id);
        await house.World.Webhooks.WaitUntilDeliveredAsync(TestContext.Current.CancellationToken);
        await house.EventuallyAsync(
            () => house.ReadAsync(async db => !await db.WebhookDeliveries.AnyAsync(row => row.RepositoryId == id && row.ProcessedAt == null)),
            "all events are processed");
    }

    private int AskedForInstallation(Repository repository) =>
        house.GitHub.Requests.All.Count(call => call.Path.EndsWith($"/{repository.FullName}/installation", StringComparison.Ordinal));

    private IReadOnlyList<string> CallsFor(Repository repository) => RepositoryDriver.CallsAbout(house, repository);
}

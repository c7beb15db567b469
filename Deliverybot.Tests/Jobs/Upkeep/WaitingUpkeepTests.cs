using Deliverybot.Data;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Locks;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Core;
using Deliverybot.Jobs.Upkeep;
using Deliverybot.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.Upkeep;

/// <summary>What waits goes on, or ends, though no event comes.</summary>
public sealed class WaitingUpkeepTests(House house) : IClassFixture<House>
{
    private const string Checked = "production:\n  auto_deploy_on: refs/heads/main\n  required_contexts: [ci]\n";

    private const string Queued = "production:\n  auto_deploy_on: refs/heads/main\n  queue: all\n";

    [Fact]
    public async Task A_wish_whose_event_was_lost_is_looked_at_again()
    {
        var installation = house.World.Install(house.World.CreateOrganisation("lossy", house.Ada));
        installation.Events.Remove("status");
        var repository = house.World.CreateRepository(
            installation.Account, "shop", new Dictionary<string, string> { [".github/deploy.yml"] = Checked });
        var sha = house.World.Push(repository, "main", house.Ada, "Tea");
        await house.AwaitAsync(repository, sha, DeploymentState.Waiting, "Checks");
        house.World.SetStatus(repository, sha, "ci", "success", house.Ada);

        await house.RunLaterAsync<SweepJob>(SweepJob.Unseen / 2, (job, stop) => job.RunAsync(stop));
        (await house.DeploymentsAsync(repository)).ShouldHaveSingleItem().State.ShouldBe(DeploymentState.Waiting);
        await house.RunLaterAsync<SweepJob>(SweepJob.Unseen * 1.5, (job, stop) => job.RunAsync(stop));

        await house.AwaitAsync(repository, sha, DeploymentState.Pending);
    }

    [Fact]
    public async Task What_somebody_is_deciding_about_is_left_to_them()
    {
        var repository = house.CreateRepository(Checked);
        var sha = house.World.Push(repository, "main", house.Ada, "Tea");
        var wish = await house.AwaitAsync(repository, sha, DeploymentState.Waiting, "Checks");
        await using var scope = house.Services.CreateAsyncScope();
        await using (await Turn.TakeAsync(scope.ServiceProvider.GetRequiredService<DeliverybotContext>(), wish, TestContext.Current.CancellationToken))
        {
            var before = await VersionAsync(wish.Id);
            await house.RunLaterAsync<SweepJob>(SweepJob.Unseen * 1.5, (job, stop) => job.RunAsync(stop));
            (await VersionAsync(wish.Id)).ShouldBe(before);
        }
    }

    [Fact]
    public async Task A_wish_whose_newer_push_was_lost_is_not_deployed()
    {
        var installation = house.World.Install(house.World.CreateOrganisation("deaf", house.Ada));
        var repository = house.World.CreateRepository(
            installation.Account, "shop", new Dictionary<string, string> { [".github/deploy.yml"] = Checked });
        var sha = house.World.Push(repository, "main", house.Ada, "Tea");
        await house.AwaitAsync(repository, sha, DeploymentState.Waiting, "Checks");
        installation.Events.Clear();
        house.World.SetStatus(repository, sha, "ci", "success", house.Ada);
        house.World.Push(repository, "main", house.Ada, "Coffee");

        await house.RunLaterAsync<SweepJob>(SweepJob.Unseen * 1.5, (job, stop) => job.RunAsync(stop));

        (await house.AwaitAsync(repository, sha, DeploymentState.Superseded)).Reason.ShouldNotBeNull().ShouldContain("has moved on");
    }

    [Fact]
    public async Task An_attempt_without_an_answer_is_taken_up()
    {
        var repository = house.CreateRepository(Checked);
        var sha = house.World.Push(repository, "main", house.Ada, "Tea");
        var wish = await house.AwaitAsync(repository, sha, DeploymentState.Waiting, "Checks");
        await house.ExecuteAsync($"update deployments set state = 'Creating', updated_at = now() - interval '1 minute' where id = {wish.Id.Value}");

        await house.RunLaterAsync<SweepJob>(SweepJob.Unanswered * 1.5, (job, stop) => job.RunAsync(stop));

        await house.AwaitAsync(repository, sha, DeploymentState.Waiting, "Checks");
    }

    [Fact]
    public async Task A_persons_wish_that_was_cut_off_says_so()
    {
        var repository = house.CreateRepository(Checked);
        var sha = house.World.Push(repository, "main", house.Ada, "Tea");
        var wish = await house.AwaitAsync(repository, sha, DeploymentState.Waiting, "Checks");
        await house.ExecuteAsync($"update deployments set cause = 'Person', via = 'Web', access = 'Person' where id = {wish.Id.Value}");

        await house.RunAsync<InterruptionJob>((job, stop) => job.RunAsync(stop));
        (await house.DeploymentsAsync(repository)).ShouldHaveSingleItem().State.ShouldBe(DeploymentState.Waiting);
        await house.RunLaterAsync<InterruptionJob>(InterruptionJob.Patience * 1.5, (job, stop) => job.RunAsync(stop));

        (await house.AwaitAsync(repository, sha, DeploymentState.Cancelled)).Reason.ShouldBe("It was interrupted. Please deploy again.");
    }

    [Fact]
    public async Task A_wish_ends_after_seven_days_and_says_what_it_waited_for()
    {
        var repository = house.CreateRepository("production:\n  auto_deploy_on: refs/heads/main\n  required_contexts: [never]\n");
        var sha = house.World.Push(repository, "main", house.Ada, "Tea");
        var wish = await house.AwaitAsync(repository, sha, DeploymentState.Waiting, "Checks");
        await house.ExecuteAsync($"update deployments set created_at = now() - interval '7 days' where id = {wish.Id.Value}");

        await house.RunAsync<ExpiryJob>((job, stop) => job.RunAsync(stop));

        var ended = await house.AwaitAsync(repository, sha, DeploymentState.Cancelled);
        ended.Reason.ShouldNotBeNull().ShouldStartWith("It has waited for 7 days.");
        ended.Reason.ShouldContain("never");
    }

    [Fact]
    public async Task A_lock_ends_by_itself_and_what_it_held_goes_out()
    {
        var repository = house.CreateRepository("production:\n  auto_deploy_on: refs/heads/main\n");
        await house.EventuallyAsync(
            () => house.ReadAsync(db => db.Repositories.AnyAsync(row => row.Id == new RepositoryId(repository.Id))), "the repository is known");
        await house.ReadAsync(db =>
        {
            db.Locks.Add(new EnvironmentLock
            {
                RepositoryId = new RepositoryId(repository.Id),
                Environment = new EnvironmentName("Production"),
                Kind = LockKind.Lock,
                Holder = Somebody.Called("ada"),
                Since = DateTimeOffset.UtcNow,
                Until = DateTimeOffset.UtcNow.AddHours(1),
            });
            return db.SaveChangesAsync(TestContext.Current.CancellationToken);
        });
        var sha = house.World.Push(repository, "main", house.Ada, "Tea");
        await house.AwaitAsync(repository, sha, DeploymentState.Waiting, "Lock");

        await house.RunLaterAsync<LockEndJob>(TimeSpan.FromMinutes(59), (job, stop) => job.RunAsync(stop));
        (await house.DeploymentsAsync(repository)).ShouldHaveSingleItem().State.ShouldBe(DeploymentState.Waiting);
        await house.RunLaterAsync<LockEndJob>(TimeSpan.FromMinutes(61), (job, stop) => job.RunAsync(stop));

        await house.AwaitAsync(repository, sha, DeploymentState.Pending);
        (await house.ReadAsync(db => db.Locks.AnyAsync(held => held.RepositoryId == new RepositoryId(repository.Id)))).ShouldBeFalse();
    }

    [Fact]
    public async Task A_silent_deployment_gives_up_its_place_in_the_queue()
    {
        var repository = house.CreateRepository(Queued);
        var silent = house.World.Push(repository, "main", house.Ada, "Tea");
        await house.AwaitAsync(repository, silent, DeploymentState.Pending);
        var next = house.World.Push(repository, "main", house.Ada, "Coffee");
        var wish = await house.AwaitAsync(repository, next, DeploymentState.Waiting, "Queue");

        await house.RunAsync<DueLooksJob>((job, stop) => job.RunAsync(stop));
        (await house.DeploymentsAsync(repository)).Find(row => row.Id == wish.Id).ShouldNotBeNull().State.ShouldBe(DeploymentState.Waiting);
        await house.ExecuteAsync(
            $"update deployments set deployed_at = now() - interval '31 minutes' where sha = '{silent}' and repository_id = {repository.Id}");
        await house.ExecuteAsync($"update deployments set look_at = look_at - interval '31 minutes' where id = {wish.Id.Value}");
        await house.RunAsync<DueLooksJob>((job, stop) => job.RunAsync(stop));

        await house.AwaitAsync(repository, next, DeploymentState.Pending);
        var verdicts = await house.ReadAsync(db => db.Evaluations.AsNoTracking()
            .Where(row => row.DeploymentId == wish.Id).OrderByDescending(row => row.Id).FirstAsync());
        verdicts.Verdicts.ShouldContain(verdict => verdict.Gate == "Queue" && verdict.Reason!.ToString().Contains("Nothing was heard"));
    }

    [Theory]
    [InlineData("state = 'Success'", "success", "Deployed to production.")]
    [InlineData("state = 'Cancelled', reason = 'Cancelled by ada.'", "error", "Not deployed: Cancelled by ada.")]
    [InlineData("deployed_at = now() - interval '8 days'", "pending", "Sent to production, but nobody has said how it went.")]
    [InlineData("state = 'Superseded', reason = '5d6e7f8 is newer.'", "pending", "Not deployed: 5d6e7f8 is newer.")]
    public async Task A_commit_status_that_was_left_pending_is_ended_once(string change, string state, string expected)
    {
        var repository = house.CreateRepository(Queued);
        var sha = house.World.Push(repository, "main", house.Ada, "Tea");
        await house.AwaitAsync(repository, sha, DeploymentState.Pending);
        await house.ExecuteAsync($"update deployments set commit_status = 'pending: Waiting for ci (pending).', {change} where repository_id = {repository.Id}");

        await house.RunAsync<PendingStatusesJob>((job, stop) => job.RunAsync(stop));
        await house.RunAsync<PendingStatusesJob>((job, stop) => job.RunAsync(stop));

        var status = house.World.Read(_ => repository.Statuses.Where(status => status.Sha == sha).ToList()).ShouldHaveSingleItem();
        (status.State, status.Description).ShouldBe((state, expected));
    }

    private Task<long> VersionAsync(DeploymentId id) => house.ReadAsync(db => db.Database
        .SqlQuery<long>($"""select xmin::text::bigint as "Value" from deployments where id = {id.Value}""")
        .SingleAsync(TestContext.Current.CancellationToken));
}

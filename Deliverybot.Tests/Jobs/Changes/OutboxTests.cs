using Deliverybot.Data;
using Deliverybot.Data.Activity;
using Deliverybot.Data.Changes;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Changes;
using Deliverybot.Jobs.Engine;
using Deliverybot.Jobs.GitHub.Transport;
using Deliverybot.Jobs.Upkeep;
using Deliverybot.Tests.Harness;
using Deliverybot.Tests.Jobs.Surfaces.PullRequests;
using Deliverybot.Tests.Jobs.Upkeep;
using Deliverybot.Tests.Site;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.Changes;

/// <summary>What is to be told is saved with what it tells of, and told at least once, whoever fails meanwhile.</summary>
public sealed class OutboxTests : IAsyncLifetime
{
    private const string Simple = "production:\n  environment: production\n  auto_deploy_on: refs/heads/main\n";
    private const string Checked = $"{Simple}  required_contexts: [ci]\n";

    private readonly ListeningChannel first = new("first");
    private readonly ListeningChannel last = new("last");
    private readonly House house;

    public OutboxTests(TestPostgreSql postgreSql) => house = new House(postgreSql)
    {
        Beside = services => services.AddSingleton<IChannel>(first).AddSingleton<IChannel>(last),
    };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => house.InitializeAsync();

    public ValueTask DisposeAsync() => house.DisposeAsync();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_change_is_saved_or_lost_together_with_what_it_tells_of(bool isSaved)
    {
        var wish = await DeployedAsync();
        var before = await CountAsync(wish.Id);
        await using (var scope = house.Services.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<DeliverybotContext>();
            var changed = await db.Deployments.SingleAsync(row => row.Id == wish.Id, Stop);
            changed.State = DeploymentState.InProgress;
            scope.ServiceProvider.GetRequiredService<Outbox>().Add(changed);
            if (!isSaved)
            {
                // Of no repository that is known.
                db.Activity.Add(new ActivityEntry { RepositoryId = new RepositoryId(1), At = DateTimeOffset.UtcNow, Actor = GitHubUser.Deleted, Act = ActivityKind.Cancelled });
                await Should.ThrowAsync<DbUpdateException>(() => db.SaveChangesAsync(Stop));
                // Whoever catches it says what it comes to: what is expected, as a row that is there already, is no error.
                house.Log.ShouldNotContain(line => line.Contains(nameof(DbUpdateException), StringComparison.Ordinal));
            }
            else
            {
                await db.SaveChangesAsync(Stop);
            }
        }

        var (state, changes) = await house.ReadAsync(async db => (
            (await db.Deployments.AsNoTracking().SingleAsync(row => row.Id == wish.Id, Stop)).State, await CountAsync(wish.Id)));
        state.ShouldBe(isSaved ? DeploymentState.InProgress : DeploymentState.Pending);
        changes.ShouldBe(isSaved ? before + 2 : before);
    }

    [Fact]
    public async Task What_a_transaction_takes_back_leaves_nothing_to_tell()
    {
        var wish = await DeployedAsync();
        var before = await CountAsync(wish.Id);
        await using (var scope = house.Services.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<DeliverybotContext>();
            using (JobTransaction.Begin())
            {
                var changed = await db.Deployments.SingleAsync(row => row.Id == wish.Id, Stop);
                changed.State = DeploymentState.InProgress;
                scope.ServiceProvider.GetRequiredService<Outbox>().Add(changed);
                await db.SaveChangesAsync(Stop);
            }
        }

        (await CountAsync(wish.Id)).ShouldBe(before);
    }

    [Fact]
    public async Task A_channel_that_fails_is_tried_again_by_itself_and_holds_up_neither_another_nor_a_deployment()
    {
        var shop = new RepositoryDriver(house, Checked);
        var soon = DateTimeOffset.UtcNow + TimeSpan.FromSeconds(2);
        first.FailWith(new RetryLaterException(soon, "It is busy."), new InvalidOperationException("It is out of order."));

        var sha = shop.Push("Tea");
        await shop.SettleAsync();

        var wish = await shop.RowAsync(sha);
        shop.StatusesOf(sha, "deliverybot/production").ShouldBe(["pending: Waiting for ci (no result yet)."]);
        last.Heard.ShouldContain(wish.Id);
        first.Heard.ShouldBeEmpty();
        shop.SetStatus(sha, "ci");
        await shop.SettleAsync();
        shop.Deployed.ShouldBe([sha]);
        (await house.ReadAsync(db => db.WebhookDeliveries.AllAsync(row => row.Faults == 0, Stop))).ShouldBeTrue();
        await house.EventuallyAsync(() => house.ReadAsync(db => db.Changes.AllAsync(row => row.ToldAt != null, Stop)), "everything is told");
        first.Heard.ShouldContain(wish.Id);
    }

    [Fact]
    public async Task What_a_killed_process_has_left_is_told_by_the_sweep_once()
    {
        var wish = await DeployedAsync();
        var heard = last.Heard.Count;
        await LeftAsync(wish.Id, TimeSpan.FromMinutes(1));

        await house.RunAsync<ChangeSweepJob>((job, stop) => job.RunAsync(stop));
        last.Heard.Count.ShouldBe(heard, "whoever has saved it still vouches for it");
        await house.ExecuteAsync("update changes set leased_until = now() - interval '1 second' where told_at is null");
        await house.RunAsync<ChangeSweepJob>((job, stop) => job.RunAsync(stop));
        await house.RunAsync<ChangeSweepJob>((job, stop) => job.RunAsync(stop));

        last.Heard.Skip(heard).ShouldBe([wish.Id]);
        (await house.ReadAsync(db => db.Changes.AllAsync(row => row.ToldAt != null, Stop))).ShouldBeTrue();
    }

    [Fact]
    public async Task Of_several_changes_of_one_deployment_the_last_is_told()
    {
        var wish = await DeployedAsync();
        var heard = last.Heard.Count;
        for (var times = 0; times < 5; times++)
        {
            await LeftAsync(wish.Id, TimeSpan.FromMinutes(-1));
        }

        await house.RunAsync<ChangeSweepJob>((job, stop) => job.RunAsync(stop));

        last.Heard.Skip(heard).ShouldBe([wish.Id]);
    }

    [Fact]
    public async Task What_is_told_again_does_no_harm()
    {
        var talk = new ConversationDriver(house, "staging: { environment: staging }\nproduction: { auto_deploy_on: refs/heads/main, required_contexts: [ci] }\n");
        var sha = talk.Shop.Push("Tea");
        await talk.SayAsync("/deploy staging");
        await talk.ReportAsync("staging", "success");
        await talk.SayAsync("/deploy staging");
        await talk.ReportAsync("staging", "failure", "Out of tea bags");
        await talk.SayAsync("/rollback staging");
        await talk.Shop.SettleAsync();
        string[] channels = ["commit_status", "pull_request_comment", "rollback_comment", "failure_notice"];
        (await house.ReadAsync(db => db.Changes.Select(row => row.Channel).Distinct().ToListAsync(Stop))).Intersect(channels).Count().ShouldBe(4);
        var (calls, said, statuses) = (Writes(), talk.Said.Count, talk.Shop.StatusesOf(sha, "deliverybot/production"));

        await house.ExecuteAsync("update changes set told_at = null, leased_until = now() - interval '1 second'");
        await house.RunAsync<ChangeSweepJob>((job, stop) => job.RunAsync(stop));

        Writes().ShouldBe(calls);
        talk.Said.Count.ShouldBe(said);
        talk.Shop.StatusesOf(sha, "deliverybot/production").ShouldBe(statuses);
        (await house.ReadAsync(db => db.Changes.AllAsync(row => row.ToldAt != null, Stop))).ShouldBeTrue();

        // A rollback's comment is looked for, and found as it should be.
        int Writes() => talk.Shop.Calls.Count(call => !call.StartsWith("GET ", StringComparison.Ordinal) || !call.EndsWith("/comments", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_was_told_goes_after_two_days_and_what_nobody_can_be_told_after_two_weeks()
    {
        var wish = await DeployedAsync();
        await house.ExecuteAsync("delete from changes");
        await LeftAsync(wish.Id, TimeSpan.FromMinutes(1));
        await LeftAsync(wish.Id, TimeSpan.FromMinutes(1));
        await house.ExecuteAsync("update changes set told_at = at where id = (select min(id) from changes)");

        await house.RunLaterAsync<OldRecordsJob>(TimeSpan.FromDays(3), (job, stop) => job.RunAsync(stop));
        (await CountAsync(wish.Id)).ShouldBe(1);

        await house.RunLaterAsync<OldRecordsJob>(TimeSpan.FromDays(15), (job, stop) => job.RunAsync(stop));
        (await CountAsync(wish.Id)).ShouldBe(0);
    }

    private async Task<Deployment> DeployedAsync()
    {
        var shop = new RepositoryDriver(house, Simple);
        return await shop.SettledAsync(shop.Push("Tea"));
    }

    private Task LeftAsync(DeploymentId wish, TimeSpan lease) => house.WriteAsync(
        new Change { DeploymentId = wish, Channel = last.Name, At = DateTimeOffset.UtcNow, LeasedUntil = DateTimeOffset.UtcNow + lease });

    private Task<int> CountAsync(DeploymentId wish) => house.ReadAsync(db => db.Changes.CountAsync(row => row.DeploymentId == wish, Stop));
}

using Deliverybot.Data;
using Deliverybot.Data.Activity;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Locks;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Acts;
using Deliverybot.Jobs.Acts.Deploying;
using Deliverybot.Jobs.Core;
using Deliverybot.Jobs.Core.Locks;
using Deliverybot.Jobs.Engine;
using Deliverybot.Jobs.GitHub;
using Deliverybot.Tests.Harness;
using Deliverybot.Tests.Jobs.Acts;
using Deliverybot.Tests.Jobs.Upkeep;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.Core;

/// <summary>How an environment's wishes stand, its locks and its holds are written in its turn, and in no other.</summary>
public sealed class TurnWritesTests : IClassFixture<House>, IAsyncLifetime
{
    private const string DeployFile = "production:\n  auto_deploy_on: refs/heads/main\n";

    private static readonly string Production = new EnvironmentName("production").Key;

    private readonly House house;
    private readonly ActDriver acts;
    private readonly AsyncServiceScope first;
    private readonly AsyncServiceScope second;

    public TurnWritesTests(House house)
    {
        this.house = house;
        acts = new ActDriver(house, DeployFile);
        first = house.Services.CreateAsyncScope();
        second = house.Services.CreateAsyncScope();
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await first.DisposeAsync();
        await second.DisposeAsync();
    }

    [Fact]
    public async Task A_turn_that_has_ended_writes_nothing()
    {
        var wish = await ReadAsync(first, await RollbackAsync());
        var turn = await Turn.TakeAsync(Db(first), wish, Stop);
        await turn.DisposeAsync();

        (await Should.ThrowAsync<InvalidOperationException>(() => EndAsync(first, turn, wish))).Message.ShouldBe("The turn at production has ended.");

        await IsUntouchedAsync();
    }

    [Fact]
    public async Task Another_environments_turn_writes_nothing()
    {
        var wish = await ReadAsync(first, await RollbackAsync());
        await using var turn = await Turn.TakeAsync(Db(first), acts.Id, "elsewhere", Stop);

        (await Should.ThrowAsync<InvalidOperationException>(() => EndAsync(first, turn, wish))).Message.ShouldStartWith("The turn is at elsewhere");

        await IsUntouchedAsync();
    }

    [Fact]
    public async Task A_turn_of_a_transaction_ends_with_it()
    {
        Turn turn;
        using (var awaited = await Turn.AwaitAsync(Db(first), acts.Id, Production, Stop))
        {
            using (JobTransaction.Begin())
            {
                turn = await awaited.TakeAsync(Stop);
                turn.MustCover(acts.Id, Production);
            }

            Should.Throw<InvalidOperationException>(() => turn.MustCover(acts.Id, Production));
            using (JobTransaction.Begin())
            {
                Should.Throw<InvalidOperationException>(() => turn.MustCover(acts.Id, Production));
            }
        }
    }

    [Fact]
    public async Task A_turn_that_went_with_its_connection_writes_nothing_by_the_next_one()
    {
        var wish = await ReadAsync(first, await RollbackAsync());
        var turn = await Turn.TakeAsync(Db(first), wish, Stop);
        var connection = (NpgsqlConnection)Db(first).Database.GetDbConnection();
        await house.ExecuteAsync($"select pg_terminate_backend({connection.ProcessID})");
        await Should.ThrowAsync<Exception>(() => Db(first).Deployments.CountAsync(Stop));
        await Db(first).Deployments.CountAsync(Stop);

        await Should.ThrowAsync<InvalidOperationException>(() => EndAsync(first, turn, wish));

        await Should.ThrowAsync<InvalidOperationException>(() => turn.DisposeAsync().AsTask());
        await IsUntouchedAsync();
    }

    [Fact]
    public async Task A_rollback_and_its_hold_end_together()
    {
        var id = await RollbackAsync();
        var wish = await ReadAsync(first, id);
        await using (var turn = await Turn.TakeAsync(Db(first), wish, Stop))
        {
            await using var reader = await house.Database.Source.OpenConnectionAsync(Stop);
            await using var reading = await reader.BeginTransactionAsync(Stop);
            await using var keep = new NpgsqlCommand($"select from environment_locks where repository_id = {acts.Id.Value} for update", reader);
            await keep.ExecuteNonQueryAsync(Stop);
            var end = EndAsync(first, turn, wish);
            var connection = ((NpgsqlConnection)Db(first).Database.GetDbConnection()).ProcessID;
            await house.EventuallyAsync(
                () => house.ReadAsync(db => db.Database.SqlQuery<bool>($"select cardinality(pg_blocking_pids({connection})) > 0 as \"Value\"").SingleAsync(Stop)),
                "the hold can't go yet");

            await IsUntouchedAsync();

            await reading.RollbackAsync(Stop);
            await end;
        }

        (await acts.Shop.RowsAsync()).Single(row => row.Id == id).State.ShouldBe(DeploymentState.Cancelled);
        (await acts.LocksAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_rollback_whose_turn_does_not_come_keeps_its_hold_until_it_ends()
    {
        var id = await RollbackAsync();
        var turn = await Turn.TakeAsync(Db(first), acts.Id, Production, Stop);
        ActResult answer;
        await using (await LineAsync())
        {
            var wish = await ReadAsync(second, id);
            answer = await second.ServiceProvider.GetRequiredService<ManualWishes>().CarryOutAsync(wish, detail: "", await GitHubAsync(second));
        }

        answer.ShouldEndAs(ActEnd.Refused).Sentence.ToString().ShouldBe("Busy: others are being decided for production. Try again in a moment.");
        await IsUntouchedAsync();

        await turn.DisposeAsync();
        // In a minute the job that looks after it.
        await house.RunAsync<EvaluateDeploymentJob>((job, stop) => job.RunAsync("", id.Value, stop));
        var ended = (await acts.Shop.RowsAsync()).Single(row => row.Id == id);
        ended.State.ShouldBe(DeploymentState.Cancelled);
        ended.Reason.ShouldBe(DeploymentEvaluator.Interrupted);
        (await acts.LocksAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_closed_pull_requests_lock_ends_when_nobody_decides_by_it()
    {
        await LockAsync(pullRequest: 7);
        var turn = await Turn.TakeAsync(Db(first), acts.Id, Production, Stop);

        var end = second.ServiceProvider.GetRequiredService<LockEnds>()
            .EndAsync(acts.Id, new PullRequestNumber(7), ActDriver.Ada, $"Pull request #7 was closed.", Stop);
        await SomebodyWaitsAsync();
        (await acts.LocksAsync()).ShouldHaveSingleItem();

        await turn.DisposeAsync();
        await end;
        (await acts.LocksAsync()).ShouldBeEmpty();
        (await acts.ActivityAsync()).ShouldHaveSingleItem().Act.ShouldBe(ActivityKind.Unlocked);
    }

    [Fact]
    public async Task What_is_put_off_because_others_decide_leaves_them_the_row()
    {
        await LockAsync(pullRequest: null);
        var sha = acts.Shop.Push("Tea");
        var row = await acts.Shop.SettledAsync(sha);
        await house.ExecuteAsync($"update deployments set look_at = now() - interval '1 minute' where id = {row.Id.Value}");
        var decided = await ReadAsync(first, row.Id);
        await using var turn = await Turn.TakeAsync(Db(first), decided, Stop);

        await using (await LineAsync())
        {
            await second.ServiceProvider.GetRequiredService<InstallationEvaluator>().EvaluateAsync(await ReadAsync(second, row.Id), static _ => true, Stop);
        }

        await EndAsync(first, turn, decided);
        (await acts.Shop.RowAsync(sha)).State.ShouldBe(DeploymentState.Cancelled);
    }

    private static DeliverybotContext Db(AsyncServiceScope scope) => scope.ServiceProvider.GetRequiredService<DeliverybotContext>();

    private static Task<Deployment> ReadAsync(AsyncServiceScope scope, DeploymentId id) => Db(scope).Deployments.SingleAsync(row => row.Id == id, Stop);

    private static Task EndAsync(AsyncServiceScope scope, Turn turn, Deployment wish) =>
        scope.ServiceProvider.GetRequiredService<WishWriter>().EndAsync(turn, wish, decision: null, DeploymentState.Cancelled, $"It ends.", Stop);

    private async Task<RepositoryClient> GitHubAsync(AsyncServiceScope scope)
    {
        var repository = await house.ReadAsync(db => db.Repositories.AsNoTracking().SingleAsync(row => row.Id == acts.Id, Stop));
        return scope.ServiceProvider.GetRequiredService<GitHubClients>().Installation(repository.InstallationId).Repository(repository.FullName);
    }

    private async Task IsUntouchedAsync()
    {
        (await acts.Shop.RowsAsync())[^1].State.ShouldBe(DeploymentState.Waiting);
        (await acts.LocksAsync()).ShouldHaveSingleItem();
    }

    /// <summary>So many wait for the turn that nobody else is let wait.</summary>
    private async Task<IAsyncDisposable> LineAsync()
    {
        var line = new Line(house, acts.Id);
        await house.EventuallyAsync(() => Task.FromResult(Waiting == 5), "five wait");
        return line;
    }

    private int Waiting => house.Services.GetRequiredService<TurnQueue>().WaitingFor(acts.Id, Production);

    private Task SomebodyWaitsAsync() => house.EventuallyAsync(() => Task.FromResult(Waiting > 0), "somebody waits");

    /// <summary>A person's rollback that has been written down with its hold, and not been decided yet.</summary>
    private async Task<DeploymentId> RollbackAsync()
    {
        var known = await acts.Shop.SettledAsync(acts.Shop.Push("Tea"));
        return await house.ReadAsync(async db =>
        {
            var rollback = new Deployment
            {
                RepositoryId = acts.Id,
                Target = known.Target,
                Environment = known.Environment,
                Sha = known.Sha,
                Task = known.Task,
                Origin = DeploymentOrigin.Person(DeploymentAct.Rollback, DeploymentVia.Web),
                RequestedBy = ActDriver.Ada,
                TargetDefinition = known.TargetDefinition,
                Payload = known.Payload,
                RollbackTo = known.Id,
                State = DeploymentState.Waiting,
                CreatedAt = known.CreatedAt.AddSeconds(1),
                UpdatedAt = known.CreatedAt.AddSeconds(1),
            };
            db.Deployments.Add(rollback);
            db.Locks.Add(new EnvironmentLock
            {
                RepositoryId = acts.Id,
                Environment = known.Environment,
                Kind = LockKind.Hold,
                Holder = ActDriver.Ada,
                Since = rollback.CreatedAt,
                Target = known.Target,
                RolledBackFrom = known.Sha,
            });
            await db.SaveChangesAsync(Stop);
            return rollback.Id;
        });
    }

    private async Task LockAsync(int? pullRequest)
    {
        await acts.Shop.SettledAsync(acts.Shop.Push("Coffee"));
        await house.ReadAsync(db =>
        {
            db.Locks.Add(new EnvironmentLock
            {
                RepositoryId = acts.Id,
                Environment = new EnvironmentName("production"),
                Kind = LockKind.Lock,
                Holder = ActDriver.Ada,
                Since = DateTimeOffset.UtcNow,
                PullRequest = pullRequest is { } number ? new PullRequestNumber(number) : null,
            });
            return db.SaveChangesAsync(Stop);
        });
    }

    private sealed class Line : IAsyncDisposable
    {
        private readonly CancellationTokenSource impatience = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        private readonly List<AsyncServiceScope> scopes;
        private readonly List<Task<Turn.Held>> waiting;

        public Line(House house, RepositoryId repository)
        {
            scopes = [.. Enumerable.Range(0, 5).Select(_ => house.Services.CreateAsyncScope())];
            waiting = scopes.ConvertAll(scope => Turn.TakeAsync(Db(scope), repository, Production, impatience.Token));
        }

        public async ValueTask DisposeAsync()
        {
            await impatience.CancelAsync();
            await Should.ThrowAsync<OperationCanceledException>(() => Task.WhenAll(waiting));
            foreach (var scope in scopes)
            {
                await scope.DisposeAsync();
            }

            impatience.Dispose();
        }
    }
}

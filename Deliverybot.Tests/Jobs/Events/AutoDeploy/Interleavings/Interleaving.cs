using Deliverybot.Data;
using Deliverybot.Data.Deliveries;
using Deliverybot.Data.Locks;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Core;
using Deliverybot.Jobs.Events;
using Deliverybot.Jobs.Events.Deliveries;
using Deliverybot.Sandbox.World;
using Deliverybot.Tests.Harness;
using Deliverybot.Tests.Jobs.Upkeep;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Xunit;
using Arrival = Deliverybot.Sandbox.Webhooks.WebhookDelivery;
using Deployment = Deliverybot.Sandbox.World.Deployment;

namespace Deliverybot.Tests.Jobs.Events.AutoDeploy.Interleavings;

/// <summary>
/// Lets one plan happen in a repository of its own. GitHub's webhooks are held back; each arrives when the plan says so, and is
/// then handled by the handlers that production has, against the same database and GitHub.
/// </summary>
internal sealed class Interleaving(House house, Plan plan)
{
    private static readonly string[] States = ["success", "success", "success", "failure", "pending", "success"];
    private static readonly string[] Conclusions = ["success", "success", "failure", "skipped", "neutral", "success"];
    private static readonly string[] Reports = ["in_progress", "success", "success", "failure", "success", "success"];

    private readonly List<Arrival> _onTheirWay = [];
    private readonly List<Arrival> _arrived = [];
    private long _last;

    public Repository Repository { get; } = house.CreateRepository(plan.DeployFile);

    /// <summary>In the order of the branch.</summary>
    public List<string> Pushed { get; } = [];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async Task RunAsync()
    {
        foreach (var act in plan.Acts)
        {
            await DoAsync(act);
        }

        await UnlockAsync("first");
        await UnlockAsync("second");
        await ArriveAllAsync();
        while (Unended() is [var oldest, ..])
        {
            house.World.SetDeploymentStatus(Repository, oldest, "success");
            await ArriveAllAsync();
        }
    }

    private async Task DoAsync(Act act)
    {
        switch (act.What)
        {
            case ActKind.Push when Pushed.Count < Plan.Commits:
                Pushed.Add(house.World.Push(Repository, "main", house.Ada, $"Change {Pushed.Count}"));
                break;
            case ActKind.Rewrite when Pushed.Count is > 0 and < Plan.Commits:
                Pushed.Add(house.World.ForcePush(Repository, "main", house.Ada, $"Change {Pushed.Count}, instead"));
                break;
            case ActKind.SetStatus when Pick(Pushed, act.Which) is { } sha:
                house.World.SetStatus(Repository, sha, "ci", States[act.How], house.Ada);
                break;
            case ActKind.RunCheck when Pick(Pushed, act.Which) is { } sha:
                // A re-run: one in a suite of its own would count beside the first.
                house.World.FinishCheck(Repository, house.World.StartCheck(Repository, sha, "e2e"), Conclusions[act.How]);
                break;
            case ActKind.ReportDeployment when Pick(Unended(), act.Which) is { } deployment:
                house.World.SetDeploymentStatus(Repository, deployment, Reports[act.How]);
                break;
            case ActKind.Lock:
                await LockAsync(act.How % 2 == 0 ? "first" : "second");
                break;
            case ActKind.Unlock:
                await UnlockAsync(act.How % 2 == 0 ? "first" : "second");
                break;
            case ActKind.Deliver when Pick(OnTheirWay(), act.Which) is { } delivery:
                await ArriveAsync(delivery);
                break;
            case ActKind.Repeat when Pick(_arrived, act.Which) is { } delivery:
                await ProcessAsync(delivery);
                break;
        }
    }

    private static T? Pick<T>(IReadOnlyList<T> from, int which)
        where T : class => from.Count == 0 ? null : from[which % from.Count];

    private List<Deployment> Unended() =>
        [.. Repository.Deployments.Where(made => made.State is null or "pending" or "queued" or "in_progress")];

    private List<Arrival> OnTheirWay()
    {
        foreach (var sent in house.World.Webhooks.Deliveries.Where(sent => sent.Id > _last))
        {
            _last = sent.Id;
            if (sent.RepositoryId == Repository.Id)
            {
                _onTheirWay.Add(sent);
            }
        }

        return _onTheirWay;
    }

    private async Task ArriveAllAsync()
    {
        while (OnTheirWay() is [_, ..] waiting)
        {
            await ArriveAsync(plan.NewestArrivesFirst ? waiting[^1] : waiting[0]);
        }
    }

    private async Task ArriveAsync(Arrival delivery)
    {
        _onTheirWay.Remove(delivery);
        DeliveryEnvelope.TryRead(Routes.Table.Find(delivery.Event), delivery.Body.ToArray(), out var envelope);
        if (await house.Services.GetRequiredService<DeliveryRelevance>().MattersAsync(envelope, Stop))
        {
            _arrived.Add(delivery);
            await ProcessAsync(delivery);
        }
    }

    private async Task ProcessAsync(Arrival delivery)
    {
        await using (var scope = house.Services.CreateAsyncScope())
        {
            var row = new WebhookDelivery
            {
                Guid = new WebhookDeliveryGuid(delivery.Guid),
                Event = delivery.Event,
                RepositoryId = new RepositoryId(Repository.Id),
                InstallationId = new InstallationId(delivery.InstallationId!.Value),
                Body = delivery.Body.ToArray(),
                ReceivedAt = DateTimeOffset.UtcNow,
            };
            await scope.ServiceProvider.GetRequiredService<DeliveryProcessor>().ProcessAsync([row], Stop);
        }

        await RefuseAsync();
    }

    private async Task LockAsync(string environment)
    {
        await using var scope = house.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DeliverybotContext>();
        var id = new RepositoryId(Repository.Id);
        if (await LocksOf(db, environment).AnyAsync(Stop) || !await db.Repositories.AnyAsync(known => known.Id == id, Stop))
        {
            return;
        }

        db.Locks.Add(new EnvironmentLock
        {
            RepositoryId = id,
            Environment = new EnvironmentName(environment),
            Kind = LockKind.Lock,
            Holder = Somebody.Called("rita"),
            Since = DateTimeOffset.UtcNow,
        });
        await db.SaveChangesAsync(Stop);
    }

    private async Task UnlockAsync(string environment)
    {
        await using (var scope = house.Services.CreateAsyncScope())
        {
            await LocksOf(scope.ServiceProvider.GetRequiredService<DeliverybotContext>(), environment).ExecuteDeleteAsync(Stop);
            await scope.ServiceProvider.GetRequiredService<WaitingWishes>()
                .UnlockedAsync(new RepositoryId(Repository.Id), new EnvironmentName(environment).Key, Stop);
        }

        await RefuseAsync();
    }

    private IQueryable<EnvironmentLock> LocksOf(DeliverybotContext db, string environment)
    {
        var (id, key) = (new RepositoryId(Repository.Id), new EnvironmentName(environment).Key);
        return db.Locks.Where(held => held.RepositoryId == id && held.EnvironmentKey == key);
    }

    /// <summary>No worker runs here: what was enqueued for this repository is done at once. Anything but a refusal is a fault.</summary>
    private async Task RefuseAsync()
    {
        await using var command = house.Database.Source.CreateCommand(
            """
            delete from hangfire.job where statename in ('Enqueued', 'Scheduled') and arguments ->> 0 = $1
            returning invocationdata ->> 'Type', (arguments ->> 1)::bigint, (arguments ->> 2)::jsonb #>> '{}'
            """);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = $"\"{Repository.FullName}\"" });
        var due = new List<(string Job, long Id, string Why)>();
        await using (var reader = await command.ExecuteReaderAsync(Stop))
        {
            while (await reader.ReadAsync(Stop))
            {
                due.Add((reader.GetString(0), reader.GetInt64(1), reader.IsDBNull(2) ? "" : reader.GetString(2)));
            }
        }

        // The look after a refusal would come a minute later.
        foreach (var (job, id, why) in due.Where(one => !one.Job.Contains(nameof(EvaluateDeploymentJob), StringComparison.Ordinal)))
        {
            Assert.Contains(nameof(RefuseDeploymentJob), job, StringComparison.Ordinal);
            await house.RunAsync<RefuseDeploymentJob>((refusal, stop) => refusal.RunAsync(Repository.FullName, id, why, stop));
        }
    }
}

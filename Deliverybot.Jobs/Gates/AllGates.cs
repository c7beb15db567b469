using System.Collections.Immutable;
using Deliverybot.Data;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Gates;
using Deliverybot.Data.Locks;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.DeployFile;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Deliverybot.Jobs.Gates;

internal static class GatesRegistration
{
    /// <summary>A new gate is one line here; the order is the order they are asked in.</summary>
    public static IServiceCollection AddGates(this IServiceCollection services) => services
        .AddSingleton<IGate, FreshnessGate>()
        .AddSingleton<IGate, AlreadyThereGate>()
        .AddSingleton<IGate, LockGate>()
        .AddSingleton<IGate, AfterGate>()
        .AddSingleton<IGate, QueueGate>()
        .AddSingleton<IGate, ChecksGate>()
        .AddSingleton<AllGates>()
        .AddScoped<AfterFactsReader>()
        .AddScoped<GateFactsReader>();
}

/// <summary>The names that verdicts are stored under.</summary>
internal static class GateNames
{
    public const string Freshness = "Freshness";
    public const string AlreadyThere = "Already there";
    public const string Lock = "Lock";
    public const string After = "After";
    public const string Queue = "Queue";
    public const string Checks = "Checks";
}

/// <summary>All gates, the cheapest first.</summary>
internal sealed class AllGates(IEnumerable<IGate> gates)
{
    private readonly ImmutableArray<IGate> _inOrder = [.. gates];

    /// <summary>Asks every gate; the first that doesn't let pass decides.</summary>
    public GateVerdicts Decide(GateFacts facts)
    {
        var verdicts = new GateVerdict[_inOrder.Length];
        DateTimeOffset? until = null;
        var isStopped = false;
        for (var index = 0; index < _inOrder.Length; index++)
        {
            var decision = _inOrder[index].Decide(facts);
            verdicts[index] = new GateVerdict(_inOrder[index].Name, decision.Outcome, decision.Reason, decision.Overridden);
            if (!isStopped && decision.Outcome is not GateOutcome.Pass)
            {
                (isStopped, until) = (true, decision.Until);
            }
        }

        return new GateVerdicts(verdicts, until);
    }

    /// <summary>The names of those whose answer something can change: by them a row says what holds it.</summary>
    public string[] WokenBy(Waking cause) => [.. _inOrder.Where(gate => gate.WokenBy.HasFlag(cause)).Select(gate => gate.Name)];

    /// <summary>Whether <c>force</c> passes that gate; null where no gate stands in the way.</summary>
    public bool YieldsToForce(string? gate) => _inOrder.Any(each => each.Name == gate && each.YieldsToForce);
}

/// <summary>Everything the gates decide on, read once for a look at a wish.</summary>
internal sealed record GateFacts
{
    public required WishFacts Wish { get; init; }

    /// <summary>The time of the look.</summary>
    public DateTimeOffset Now { get; init; }

    /// <summary>Where its branch points; null where no push has told.</summary>
    public HeadFacts? Head { get; init; }

    /// <summary>What is known of the name that it was wished for by.</summary>
    public NameFacts Name { get; init; } = new(At: null, IsShared: false);

    /// <summary>The newest later wish for the same ref and target.</summary>
    public NewerWishFacts? Newer { get; init; }

    public LockFacts? Lock { get; init; }

    /// <summary>What a rollback left behind.</summary>
    public LockFacts? Hold { get; init; }

    /// <summary>What the environment runs now.</summary>
    public PlacedFacts? Live { get; init; }

    /// <summary>What the environment will run when all that is on its way there has arrived; null: nothing is, or what is live was sent later.</summary>
    public PlacedFacts? Coming { get; init; }

    /// <summary>Where the target queues: what is on its way to the environment, oldest first.</summary>
    public IReadOnlyList<PlacedFacts> Active { get; init; } = [];

    /// <summary>Earlier wishes that stand in this environment's queue, oldest first.</summary>
    public IReadOnlyList<PlacedFacts> Ahead { get; init; } = [];

    /// <summary>How the commit stands at each target named by <c>after</c>.</summary>
    public IReadOnlyList<AfterFacts> After { get; init; } = [];

    /// <summary>What GitHub answered when it was asked to deploy; null before that.</summary>
    public ChecksFacts? Checks { get; init; }
}

/// <summary>Reads what the gates decide on from our own record; GitHub is not asked. Called in the environment's turn.</summary>
internal sealed class GateFactsReader(DeliverybotContext db, AfterFactsReader after, TimeProvider time)
{
    public Task<GateFacts> ReadAsync(Deployment wish, Target target, CancellationToken cancellationToken) => ReadAsync(
        wish.RepositoryId,
        new WishFacts(wish.Id, target, wish.Environment, wish.Ref, wish.Sha, wish.Task, wish.Origin, wish.RequestedBy, wish.Force)
        {
            CreatedAt = wish.CreatedAt,
        },
        cancellationToken);

    /// <summary>The same for a wish that need not be a row.</summary>
    /// <remarks>The connection is held open meanwhile, and not longer: a context that goes back to its pool must have let go of it.</remarks>
    public async Task<GateFacts> ReadAsync(RepositoryId repository, WishFacts wish, CancellationToken cancellationToken)
    {
        await db.Database.OpenConnectionAsync(cancellationToken);
        try
        {
            var now = time.GetUtcNow();
            var around = await SurroundingsQuery.ReadAsync((NpgsqlConnection)db.Database.GetDbConnection(), repository, wish, now, cancellationToken);
            var live = around.LastSuccess is { State: DeploymentState.Success } last ? last : null;
            return new GateFacts
            {
                Wish = wish,
                Now = now,
                Head = wish.Ref is { IsBranch: true } ? around.Head : null,
                Name = around.Name,
                Newer = NewerOf(around.Newer),
                Lock = around.Locks.FirstOrDefault(held => held.Kind == LockKind.Lock)?.Facts,
                Hold = around.Locks.FirstOrDefault(held => held.Kind == LockKind.Hold)?.Facts,
                Live = live?.Facts,
                Coming = around.LastSent is { } sent && (live is null || sent.IsAfter(live)) ? sent.Facts : null,
                Active = [.. around.Unfinished.Where(row => row.State.IsActive()).Select(row => ActiveOf(row, now))],
                Ahead = [.. around.Unfinished.Where(row => row.Gate == GateNames.Queue && IsBefore(row, wish)).Select(row => row.Facts)],
                After = await after.ReadAsync(repository, wish, cancellationToken),
            };
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }

    private static PlacedFacts ActiveOf(Surroundings.Placed row, DateTimeOffset now) => row.Facts with
    {
        HeardAt = row.NewsAt,
        Silent = row.NewsAt <= now - QueueGate.PatienceWith(row.Facts.AwaitsApproval),
        IsAttempt = row.State is DeploymentState.Creating,
    };

    private static bool IsBefore(Surroundings.Placed row, WishFacts wish) =>
        row.CreatedAt < wish.CreatedAt || (row.CreatedAt == wish.CreatedAt && row.Facts.Id < wish.Id);

    private static NewerWishFacts? NewerOf(IReadOnlyList<Surroundings.Later> newer)
    {
        var created = newer.FirstOrDefault(row => DeploymentStates.Created.Contains(row.State));
        return (created ?? (newer is [var newest, ..] ? newest : null)) is { } row ? new NewerWishFacts(row.Sha, Created: created is not null) : null;
    }
}

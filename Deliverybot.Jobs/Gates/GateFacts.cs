using Deliverybot.Data;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Locks;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.DeployFile;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Deliverybot.Jobs.Gates;

/// <summary>Everything the gates decide on, read once for a look at a wish. What one gate alone looks at stands in its own file.</summary>
internal sealed partial record GateFacts
{
    public required WishFacts Wish { get; init; }

    /// <summary>The time of the look.</summary>
    public DateTimeOffset Now { get; init; }

    /// <summary>What is known of the name that it was wished for by.</summary>
    public NameFacts Name { get; init; } = new(At: null, IsShared: false);
}

/// <summary>Reads what one gate alone decides on. Called in the environment's turn, on a connection that is open; GitHub is not asked.</summary>
internal interface IFactsReader
{
    /// <returns>The same facts, and its own.</returns>
    Task<GateFacts> AddAsync(GateFacts facts, RepositoryId repository, CancellationToken cancellationToken);
}

internal sealed record WishFacts(
    DeploymentId Id,
    Target Target,
    EnvironmentName Environment,
    GitRef? Ref,
    CommitSha Sha,
    string Task,
    DeploymentOrigin Origin,
    GitHubUser RequestedBy,
    bool Force)
{
    /// <summary>When it was wished for; null: it is no row yet, as in a preview, and comes after all that are.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>An event wished for it: where a gate says wait, it waits.</summary>
    public bool IsAutomatic => Origin.Cause.IsAutomatic();

    /// <summary>A person asked for it, and lets it wait.</summary>
    public bool Waits { get; init; }

    /// <summary>Where a gate holds it, it waits; else it is denied.</summary>
    public bool MayWait => IsAutomatic || Waits;

    public bool IsRollback => Origin.Act is DeploymentAct.Rollback;

    /// <summary>It passes the gates that keep order, but never a lock.</summary>
    public bool Overrides => Force || IsRollback;
}

/// <summary>What is known of the name of a wish's branch or tag. No gate decides on it: it is what GitHub is asked by.</summary>
/// <param name="At">Where the branch or tag stands, as far as it was told; null: unknown, or gone.</param>
/// <param name="IsShared">A branch and a tag are called so.</param>
internal sealed record NameFacts(CommitSha? At, bool IsShared);

/// <summary>A deployment that is live in, on its way to, or in line for an environment.</summary>
/// <param name="AwaitsApproval">GitHub lets it wait, for its own reviewers or for a time: it is known why nothing is heard of it.</param>
/// <param name="Silent">Nothing has been heard of it for so long that it gives up its place in the queue.</param>
internal sealed record PlacedFacts(
    DeploymentId Id,
    TargetName Target,
    CommitSha Sha,
    string Task,
    GitHubUser RequestedBy,
    bool External,
    bool AwaitsApproval = false,
    bool Silent = false)
{
    /// <summary>When something was heard of it last.</summary>
    public DateTimeOffset HeardAt { get; init; }

    /// <summary>GitHub hasn't answered yet whether it makes it.</summary>
    public bool IsAttempt { get; init; }
}

/// <summary>Reads what the gates decide on from our own record; GitHub is not asked. Called in the environment's turn.</summary>
internal sealed class GateFactsReader(DeliverybotContext db, IEnumerable<IFactsReader> others, TimeProvider time)
{
    public Task<GateFacts> ReadAsync(Deployment wish, Target target, CancellationToken cancellationToken) => ReadAsync(
        wish.RepositoryId,
        new WishFacts(wish.Id, target, wish.Environment, wish.Ref, wish.Sha, wish.Task, wish.Origin, wish.RequestedBy, wish.Force)
        {
            CreatedAt = wish.CreatedAt,
            Waits = wish.Waits,
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
            var facts = new GateFacts
            {
                Wish = wish,
                Now = now,
                Head = wish.Ref is { IsBranch: true } ? around.Head : null,
                Name = around.Name,
                Newer = NewerOf(around.Newer),
                Overtaking = wish is { Waits: true, CreatedAt: { } asked } ? OvertakingOf(around, live, wish, asked) : null,
                Lock = around.Locks.FirstOrDefault(held => held.Kind == LockKind.Lock)?.Facts,
                Hold = around.Locks.FirstOrDefault(held => held.Kind == LockKind.Hold)?.Facts,
                Live = live?.Facts,
                Coming = around.LastSent is { } sent && (live is null || sent.IsAfter(live)) ? ActiveOf(sent, now) : null,
                Active = [.. around.Unfinished.Where(row => row.State.IsActive()).Select(row => ActiveOf(row, now))],
                Ahead = [.. around.Unfinished.Where(row => row.Gate == GateNames.Queue && IsBefore(row, wish)).Select(row => row.Facts)],
            };
            foreach (var other in others)
            {
                facts = await other.AddAsync(facts, repository, cancellationToken);
            }

            return facts;
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }

    /// <summary>
    /// Where each has its turn, what stood before it in the line has not overtaken it. Where there is a queue, it waits for what is on its way,
    /// which may come to nothing: only what has succeeded has overtaken it.
    /// </summary>
    private static PlacedFacts? OvertakingOf(Surroundings around, Surroundings.Placed? live, WishFacts wish, DateTimeOffset asked)
    {
        var newest = wish.Target.Queue is QueueMode.None && around.LastSent is { } sent && (live is null || sent.IsAfter(live)) ? sent : live;
        return newest is not null && (newest.CreatedAt > asked || (newest.DeployedAt > asked && wish.Target.Queue != QueueMode.All)) ? newest.Facts : null;
    }

    private static PlacedFacts ActiveOf(Surroundings.Placed row, DateTimeOffset now) => row.Facts with
    {
        HeardAt = row.NewsAt,
        Silent = SilentDeployments.Since(row.State, row.Facts.AwaitsApproval, row.NewsAt, now) is not null,
        IsAttempt = row.State is DeploymentState.Creating,
    };

    private static bool IsBefore(Surroundings.Placed row, WishFacts wish) =>
        wish.CreatedAt is not { } at || row.CreatedAt < at || (row.CreatedAt == at && row.Facts.Id < wish.Id);

    private static NewerWishFacts? NewerOf(IReadOnlyList<Surroundings.Later> newer)
    {
        var created = newer.FirstOrDefault(row => DeploymentStates.Created.Contains(row.State));
        return (created ?? (newer is [var newest, ..] ? newest : null)) is { } row ? new NewerWishFacts(row.Sha, Created: created is not null) : null;
    }
}

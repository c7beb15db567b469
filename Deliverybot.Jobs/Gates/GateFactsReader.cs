using Deliverybot.Data;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Locks;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.DeployFile;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Deliverybot.Jobs.Gates;

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

using Deliverybot.Data;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Locks;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Core;
using Deliverybot.Jobs.Gates;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Site.Pages.Shared;

/// <summary>That an environment stays as it is for now: by a lock, or since a rollback.</summary>
internal sealed record KeptLine(EnvironmentName Environment, bool IsHold, Sentence Sentence)
{
    /// <summary>Whether the deployment says the same as the reason for which it waits.</summary>
    public static bool IsSaidBy(Deployment row) => row is { State: DeploymentState.Waiting, Gate: GateNames.Lock };
}

/// <summary>Who keeps environments as they are, in the words of the gate that asks.</summary>
internal sealed class KeptEnvironments(DeliverybotContext database, TimeProvider time)
{
    /// <returns>By the environment's key; of each the lock before the hold.</returns>
    public async Task<ILookup<string, KeptLine>> AmongAsync(RepositoryId repository, IEnumerable<EnvironmentName> environments, CancellationToken cancellationToken)
    {
        var keys = environments.Select(environment => environment.Key).Distinct().ToList();
        var now = time.GetUtcNow();
        var held = keys is []
            ? []
            : await database.Locks.AsNoTracking()
                .Where(row => row.RepositoryId == repository && keys.Contains(row.EnvironmentKey) && (row.Until == null || row.Until > now))
                .ToListAsync(cancellationToken);
        return held.OrderBy(row => row.Kind == LockKind.Hold).ToLookup(row => row.EnvironmentKey, Of);
    }

    private static KeptLine Of(EnvironmentLock row) => row.Kind == LockKind.Hold
        ? new KeptLine(row.Environment, IsHold: true, $"{LockWords.Held(row.Environment, row.Facts())}, until {Holds.Until(row.EndsAfter)}.")
        : new KeptLine(row.Environment, IsHold: false, $"{LockWords.Locked(row.Environment, row.Facts())}.");
}

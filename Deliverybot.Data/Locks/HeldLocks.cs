using Deliverybot.Data.Names;

namespace Deliverybot.Data.Locks;

/// <summary>The locks and holds that stand: one whose time is over ends a moment later, and counts no more meanwhile.</summary>
public static class HeldLocks
{
    public static IQueryable<EnvironmentLock> LocksIn(this DeliverybotContext db, RepositoryId repository, DateTimeOffset now) =>
        db.Locks.Where(held => held.RepositoryId == repository && (held.Until == null || held.Until > now));
}

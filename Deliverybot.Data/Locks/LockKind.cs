namespace Deliverybot.Data.Locks;

public enum LockKind
{
    /// <summary>Taken by a person: stops everything but its holder's own manual deployments.</summary>
    Lock,

    /// <summary>Left by a rollback: stops automatic deployments only.</summary>
    Hold,
}

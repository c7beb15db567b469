namespace Deliverybot.Data.Activity;

/// <summary>What a person did that others will want to trace.</summary>
public enum ActivityKind
{
    Deployed,

    /// <summary>Asked for a deployment that waits until it may go out.</summary>
    Requested,
    Forced,
    Promoted,
    RolledBack,
    Locked,
    Unlocked,
    Cancelled,

    /// <summary>Nobody said how a deployment ended, and a person did.</summary>
    MarkedFailed,
}

namespace Deliverybot.Data.Activity;

/// <summary>What a person did that others will want to trace.</summary>
public enum ActivityKind
{
    Deployed,
    Forced,
    Promoted,
    RolledBack,
    Locked,
    Unlocked,
    Cancelled,
}

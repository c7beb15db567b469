namespace Deliverybot.Data.Activity;

/// <summary>What a person did that others will want to trace.</summary>
public enum ActivityAct
{
    Deployed,
    Forced,
    Promoted,
    RolledBack,
    Locked,
    Unlocked,
    Cancelled,
}

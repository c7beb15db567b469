using Deliverybot.Data.Activity;
using Deliverybot.Site.Pages.Shared;

namespace Deliverybot.Site.Pages.Activity;

/// <summary>How an act looks and reads.</summary>
internal static class ActView
{
    public static StateView Of(ActivityAct act) => act switch
    {
        ActivityAct.Deployed => new(Tone.Plain, "rocket-takeoff", "deployed"),
        ActivityAct.Forced => new(Tone.Wait, "lightning-charge-fill", "forced"),
        ActivityAct.Promoted => new(Tone.Good, "shield-check", "promoted"),
        ActivityAct.RolledBack => new(Tone.Wait, "arrow-counterclockwise", "rolled back"),
        ActivityAct.Locked => new(Tone.Bad, "lock-fill", "locked"),
        ActivityAct.Unlocked => new(Tone.Plain, "unlock-fill", "unlocked"),
        ActivityAct.Cancelled => new(Tone.Plain, "slash-circle", "cancelled"),
        _ => throw new ArgumentOutOfRangeException(nameof(act), act, "No such act."),
    };

    /// <summary>The same as a name by itself.</summary>
    public static string Name(ActivityAct act) => Of(act).Label switch
    {
        [var first, .. var rest] => char.ToUpperInvariant(first) + rest,
        var none => none,
    };
}

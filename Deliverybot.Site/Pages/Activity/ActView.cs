using Deliverybot.Data.Activity;
using Deliverybot.Site.Pages.Shared;

namespace Deliverybot.Site.Pages.Activity;

/// <summary>How an act looks and reads.</summary>
internal static class ActView
{
    public static StateView Of(ActivityKind act) => act switch
    {
        ActivityKind.Deployed => new(Tone.Plain, "rocket-takeoff", "deployed"),
        ActivityKind.Requested => new(Tone.Wait, "hourglass-split", "asked for"),
        ActivityKind.Forced => new(Tone.Wait, "lightning-charge-fill", "forced"),
        ActivityKind.Promoted => new(Tone.Good, "shield-check", "promoted"),
        ActivityKind.RolledBack => new(Tone.Wait, "arrow-counterclockwise", "rolled back"),
        ActivityKind.Locked => new(Tone.Bad, "lock-fill", "locked"),
        ActivityKind.Unlocked => new(Tone.Plain, "unlock-fill", "unlocked"),
        ActivityKind.Cancelled => new(Tone.Plain, "slash-circle", "cancelled"),
        ActivityKind.MarkedFailed => new(Tone.Bad, "exclamation-triangle-fill", "marked as failed"),
    };

    /// <summary>The same as a name by itself.</summary>
    public static string Name(ActivityKind act) => Of(act).Label switch
    {
        [var first, .. var rest] => char.ToUpperInvariant(first) + rest,
        var none => none,
    };
}

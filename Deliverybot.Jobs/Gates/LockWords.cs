using System.Globalization;
using Deliverybot.Data.Locks;
using Deliverybot.Data.Names;

namespace Deliverybot.Jobs.Gates;

/// <summary>Locks and holds, as every answer calls them.</summary>
internal static class LockWords
{
    public static LockFacts Facts(this EnvironmentLock held) => new(held.Holder, held.Reason, held.Until);

    /// <summary>Without the full stop, so that a sentence may go on.</summary>
    public static Sentence Locked(EnvironmentName environment, LockFacts held) => $"{environment} is locked by {held.Holder}{Until(held)}{Because(held)}";

    public static Sentence Held(EnvironmentName environment, LockFacts hold) => $"{environment} is held since {hold.Holder} rolled it back{Because(hold)}";

    public static string Because(LockFacts held) => held.Reason.Length == 0 ? "" : $": {held.Reason.TrimEnd('.')}";

    public static string Until(LockFacts held) => held.Until is { } until
        ? string.Create(CultureInfo.InvariantCulture, $" until {until.UtcDateTime:yyyy-MM-dd HH:mm} UTC")
        : "";
}

using System.Globalization;
using Deliverybot.Data.Locks;
using Deliverybot.Data.Names;

namespace Deliverybot.Jobs.Gates;

/// <summary>A locked environment stays as it is, but for its holder's own deployments; a hold left by a rollback stops events only.</summary>
internal sealed class LockGate : IGate
{
    public string Name => GateNames.Lock;

    public Waking WokenBy => Waking.LockEnded | Waking.Time;

    public bool YieldsToForce => false;

    public GateDecision Decide(GateFacts facts)
    {
        var wish = facts.Wish;
        return facts switch
        {
            { Lock: { } held } when wish.IsAutomatic || !held.Holder.IsSameAs(wish.RequestedBy) =>
                GateDecision.Hold(wish, $"{LockWords.Locked(wish.Environment, held)}.", held.Until),
            { Lock: { } } => GateDecision.Pass($"{wish.Environment} is locked by {wish.RequestedBy}, who asks."),
            { Hold: { } hold } when wish.IsAutomatic =>
                GateDecision.Wait($"{LockWords.Held(wish.Environment, hold)}."),
            { Hold: { } } => GateDecision.Pass($"{wish.Environment} is held for events only."),
            _ => GateDecision.Pass($"{wish.Environment} is not locked."),
        };
    }
}

internal sealed partial record GateFacts
{
    public LockFacts? Lock { get; init; }

    /// <summary>What a rollback left behind.</summary>
    public LockFacts? Hold { get; init; }
}

internal sealed record LockFacts(GitHubUser Holder, string Reason, DateTimeOffset? Until)
{
    /// <summary>Of a hold: the target that was rolled back; null where that was more than one.</summary>
    public TargetName? RolledBack { get; init; }

    /// <summary>Of a hold: what something of that target must be newer than to end it; null where only somebody who unlocks does.</summary>
    public CommitSha? EndsAfter { get; init; }
}

/// <summary>Locks and holds, as every answer calls them.</summary>
internal static class LockWords
{
    public static LockFacts Facts(this EnvironmentLock held) => new(held.Holder, held.Reason, held.Until)
    {
        RolledBack = held.Target,
        EndsAfter = held.EndsAfter,
    };

    /// <summary>Without the full stop, so that a sentence may go on.</summary>
    public static Sentence Locked(EnvironmentName environment, LockFacts held) => $"{environment} is locked by {held.Holder}{Until(held)}{Because(held)}";

    public static Sentence Held(EnvironmentName environment, LockFacts hold) => $"{environment} is held since {hold.Holder} rolled it back{Because(hold)}";

    public static string Because(LockFacts held) => held.Reason.Length == 0 ? "" : $": {held.Reason.TrimEnd('.')}";

    public static string Until(LockFacts held) => held.Until is { } until
        ? string.Create(CultureInfo.InvariantCulture, $" until {until.UtcDateTime:yyyy-MM-dd HH:mm} UTC")
        : "";
}

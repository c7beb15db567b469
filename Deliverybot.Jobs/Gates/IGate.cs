using Deliverybot.Data.Gates;
using Deliverybot.Data.Names;

namespace Deliverybot.Jobs.Gates;

/// <summary>One rule that a wish has to pass: a pure decision over facts already read.</summary>
internal interface IGate
{
    string Name { get; }

    /// <summary>What can change its answer to a wish that it lets wait. Each of these has that wish looked at again.</summary>
    Waking WokenBy { get; }

    /// <summary>Whether it lets pass what it would hold, if a person adds <c>force</c>, or rolls back.</summary>
    bool YieldsToForce { get; }

    GateDecision Decide(GateFacts facts);
}

/// <summary>What can change a gate's answer.</summary>
[Flags]
internal enum Waking
{
    /// <summary>It never lets wait.</summary>
    None = 0,

    /// <summary>The wish's branch has moved on.</summary>
    HeadMoved = 1,

    /// <summary>A check or status of the commit has ended.</summary>
    CheckEnded = 2,

    /// <summary>A lock or a hold of the environment has ended.</summary>
    LockEnded = 4,

    /// <summary>A deployment to the environment has ended.</summary>
    EnvironmentFreed = 8,

    /// <summary>A target of the repository was reached.</summary>
    TargetReached = 16,

    /// <summary>The time that the gate named with its answer has come.</summary>
    Time = 32,

    /// <summary>A deployment of the same commit to a target of the repository has failed, or has begun anew.</summary>
    TargetTried = 64,
}

/// <summary>What a gate says, and why in one sentence.</summary>
internal readonly record struct GateDecision(GateOutcome Outcome, Sentence Reason)
{
    /// <summary>It lets pass only because a person wanted it so.</summary>
    public bool Overridden { get; private init; }

    /// <summary>What was overridden, in few words; null where nothing was.</summary>
    public Sentence? Past { get; private init; }

    /// <summary>Of a gate that lets others judge: whether they have been asked, or are only when the deployment is created.</summary>
    public bool? Asked { get; init; }

    /// <summary>The target at which the commit has to go well first; null where nothing of that kind stops it.</summary>
    public TargetName? Earlier { get; init; }

    /// <summary>Whether it failed there, and has to be deployed there again.</summary>
    public bool Again { get; init; }

    /// <summary>The required checks that stop it; null where none does.</summary>
    public IReadOnlyList<UnmetCheck>? Unmet { get; init; }

    /// <summary>The earliest time at which time alone can change the answer; null: no time can.</summary>
    public DateTimeOffset? Until { get; private init; }

    /// <summary>As it is kept.</summary>
    public GateVerdict Of(IGate gate) => new(
        gate.Name, Outcome, Reason, Overridden, Asked, Past, Earlier?.Value, Again, Unmet is null ? null : [.. Unmet.Select(check => check.Kept)]);

    /// <summary>That time may pass and change nothing: it is only when to look next.</summary>
    public bool IsGuess { get; init; }

    public static GateDecision Pass(Sentence reason) => new(GateOutcome.Pass, reason);

    /// <summary>What would have held it is overridden.</summary>
    /// <param name="past">What is passed by, and how it stands, after "forced past".</param>
    public static GateDecision Override(Sentence reason, Sentence past) => new(GateOutcome.Pass, reason) { Overridden = true, Past = past };

    /// <param name="reason">Names times as they are, never how long until then: a sentence that changed by itself would be told at each look.</param>
    /// <param name="until">When to look again though nothing has happened.</param>
    public static GateDecision Wait(Sentence reason, DateTimeOffset? until = null) => new(GateOutcome.Wait, reason) { Until = until };

    public static GateDecision Deny(Sentence reason) => new(GateOutcome.Deny, reason);

    public static GateDecision Done(Sentence reason) => new(GateOutcome.Done, reason);

    /// <summary>An event's wish waits, and a person's that may; any other person is told the reason, and that is the end of it.</summary>
    public static GateDecision Hold(WishFacts wish, Sentence reason, DateTimeOffset? until = null) =>
        wish.MayWait ? Wait(reason, until) : Deny(reason);
}

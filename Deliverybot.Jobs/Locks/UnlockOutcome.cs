using Deliverybot.Data.Names;
using Deliverybot.Jobs.Gates;

namespace Deliverybot.Jobs.Locks;

/// <summary>What a person who unlocks is told.</summary>
internal abstract record UnlockOutcome
{
    private UnlockOutcome()
    {
    }

    /// <summary>What every answer says.</summary>
    public abstract string Sentence { get; }

    /// <summary>What held the environment has ended: a lock, a hold, or both.</summary>
    public sealed record Unlocked(EnvironmentName Environment, GitHubLogin By, LockFacts? Lock, LockFacts? Hold) : UnlockOutcome
    {
        public override string Sentence => $"{By} unlocked {Environment}{Was}.";

        private string Was => this switch
        {
            { Lock: { } held, Hold: null } => $", which {held.Holder} had locked{LockWords.Because(held)}",
            { Lock: null, Hold: { } hold } => $", which was held since {hold.Holder} rolled it back{LockWords.Because(hold)}",
            { Lock: { } held, Hold: { } hold } => $", which {held.Holder} had locked and which was held since {hold.Holder} rolled it back",
            _ => "",
        };
    }

    public sealed record NothingLocked(EnvironmentName Environment) : UnlockOutcome
    {
        public override string Sentence => $"{Environment} is not locked.";
    }

    /// <summary>The repository has no such environment.</summary>
    public sealed record Unknown(string Reason) : UnlockOutcome
    {
        public override string Sentence => Reason;
    }

    /// <summary>GitHub can't be asked for <c>deploy.yml</c> now.</summary>
    public sealed record Unavailable(string Reason) : UnlockOutcome
    {
        public override string Sentence => Reason;
    }
}

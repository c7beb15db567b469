using Deliverybot.Data.Names;
using Deliverybot.Jobs.Gates;

namespace Deliverybot.Jobs.Locks;

/// <summary>What a person who locks is told.</summary>
internal abstract record LockOutcome
{
    private LockOutcome()
    {
    }

    /// <summary>What every answer says.</summary>
    public abstract string Sentence { get; }

    public sealed record Locked(EnvironmentName Environment, LockFacts Lock) : LockOutcome
    {
        public override string Sentence => $"{LockWords.Locked(Environment, Lock)}.";
    }

    /// <summary>It was the person's own already: reason and end are the new ones.</summary>
    public sealed record Renewed(EnvironmentName Environment, LockFacts Lock) : LockOutcome
    {
        public override string Sentence => $"Renewed: {LockWords.Locked(Environment, Lock)}.";
    }

    public sealed record HeldByOther(EnvironmentName Environment, LockFacts Lock) : LockOutcome
    {
        public override string Sentence => $"{LockWords.Locked(Environment, Lock)}. To take it over, unlock it first.";
    }

    /// <summary>The repository has no such environment.</summary>
    public sealed record Unknown(string Reason) : LockOutcome
    {
        public override string Sentence => Reason;
    }

    /// <summary>The reason is too long, or the time is.</summary>
    public sealed record Invalid(string Reason) : LockOutcome
    {
        public override string Sentence => Reason;
    }

    /// <summary>GitHub can't be asked for <c>deploy.yml</c> now.</summary>
    public sealed record Unavailable(string Reason) : LockOutcome
    {
        public override string Sentence => Reason;
    }
}

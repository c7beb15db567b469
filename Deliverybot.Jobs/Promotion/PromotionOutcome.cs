using Deliverybot.Data.Names;

namespace Deliverybot.Jobs.Promotion;

/// <summary>What a person who promotes is told.</summary>
internal abstract record PromotionOutcome
{
    private PromotionOutcome()
    {
    }

    /// <summary>What every answer says.</summary>
    public abstract string Sentence { get; }

    public sealed record Promoted(CommitSha Sha, GitHubLogin By) : PromotionOutcome
    {
        public override string Sentence => $"{Sha.Short} was promoted by {By}.";
    }

    /// <summary>Nothing is left to do.</summary>
    /// <param name="Sha">The commit.</param>
    /// <param name="How">What its commit status says.</param>
    public sealed record AlreadyPromoted(CommitSha Sha, string? How) : PromotionOutcome
    {
        public override string Sentence => How is { Length: > 0 } ? $"{Sha.Short} is promoted already. {How}" : $"{Sha.Short} is promoted already.";
    }

    /// <summary>No target waits for promotions, or the commit isn't the repository's.</summary>
    public sealed record Unknown(string Reason) : PromotionOutcome
    {
        public override string Sentence => Reason;
    }

    /// <summary>GitHub doesn't let this person, or the App, write commit statuses.</summary>
    public sealed record Refused(string Reason) : PromotionOutcome
    {
        public override string Sentence => Reason;
    }

    /// <summary>GitHub can't be used now.</summary>
    public sealed record Unavailable(string Reason) : PromotionOutcome
    {
        public override string Sentence => Reason;
    }
}

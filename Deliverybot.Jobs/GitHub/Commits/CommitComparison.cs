namespace Deliverybot.Jobs.GitHub.Commits;

/// <summary>How a head stands to a base: <paramref name="Status"/> is said of the head.</summary>
internal sealed record CommitComparison(ComparisonStatus Status, int AheadBy, int BehindBy)
{
    /// <summary>Whether the base already has everything of the head.</summary>
    public bool HeadIsContained => Status is ComparisonStatus.Identical or ComparisonStatus.Behind;
}

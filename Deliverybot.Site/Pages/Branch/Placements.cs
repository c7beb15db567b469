using Deliverybot.Data.Names;

namespace Deliverybot.Site.Pages.Branch;

/// <summary>The environments that a commit is in, was in, or waits for: the part of a row that changes while the page is open.</summary>
/// <param name="Repository">Where the links lead.</param>
/// <param name="Sha">The commit.</param>
/// <param name="Badges">One an environment, those first that say more than that it was there once.</param>
/// <param name="Replaces">Whether it takes the place of the one on an open page.</param>
/// <param name="IsOfBranch">Whether the change is about the branch that is shown, so that a row is missing where there is none.</param>
internal sealed record Placements(
    RepositoryName Repository,
    CommitSha Sha,
    IReadOnlyList<PlacementBadge> Badges,
    bool Replaces = false,
    bool IsOfBranch = false)
{
    /// <summary>Of a commit that went to many environments, the page of the commit tells the others.</summary>
    private const int Most = 8;

    public IEnumerable<PlacementBadge> Shown => Badges.Take(Most);

    public int NotShown => Math.Max(0, Badges.Count - Most);
}

using System.Text.Json;
using Deliverybot.Data.Names;
using Deliverybot.Site.Pages.Shared;

namespace Deliverybot.Site.Pages.Branch;

/// <summary>The environments that a commit is in, was in, or waits for: the part of a row that changes while the page is open.</summary>
/// <param name="Badges">One an environment, in their one order.</param>
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

    public IEnumerable<PlacementBadge> Shown => Badges.Intersect(Badges.OrderByDescending(badge => badge.State.Tone).Take(Most));

    /// <summary>Where it is, in a line: what an open form is told where that has changed.</summary>
    public string Now => Badges.Count == 0 ? "it is nowhere" : string.Join(", ", Shown.Select(badge => $"{badge.Environment} {badge.State.Label}"));

    /// <summary>What the tab of the browser tells of: the key of each environment, the deployment's number there, and the word for its <see cref="PageState"/>.</summary>
    public string Told => JsonSerializer.Serialize(
        Badges.Where(badge => badge.Page is not null).Select(badge => new object[] { badge.Environment.Key, badge.Deployment.Value, PageIcon.Word(badge.Page!.Value) }));

    public int NotShown => Math.Max(0, Badges.Count - Most);
}

/// <summary>A commit in an environment: how its last deployment there stands, and why.</summary>
/// <param name="Deployment">The last one of that commit.</param>
/// <param name="IsPreview">Whether the environment goes with its pull request: the tab of the browser doesn't tell of those.</param>
/// <param name="IsForced">Whether somebody forced it past what stood in its way: else a red check beside it would be a riddle.</param>
internal sealed record PlacementBadge(EnvironmentName Environment, DeploymentId Deployment, StateView State, string? Reason, bool IsPreview, bool IsForced)
{

    public PageState? Page => IsPreview ? null : State.Page;
}

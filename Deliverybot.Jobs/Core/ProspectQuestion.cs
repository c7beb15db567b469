using Deliverybot.Data.Installations;
using Deliverybot.Data.Names;

namespace Deliverybot.Jobs.Core;

/// <summary>Who would deploy which commit.</summary>
internal sealed record ProspectQuestion
{
    public required Repository Repository { get; init; }

    public required CommitSha Sha { get; init; }

    /// <summary>The branch or tag that it is looked at on; null where only the commit is named.</summary>
    public required GitRef? Ref { get; init; }

    public required GitHubUser By { get; init; }

    public PullRequestNumber? PullRequest { get; init; }
}

using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;

namespace Deliverybot.Jobs.Deploying;

/// <summary>What a person with write access asks for.</summary>
internal sealed record ManualRequest
{
    public required RepositoryId RepositoryId { get; init; }

    public required RepositoryName Repository { get; init; }

    public required TargetName Target { get; init; }

    public required CommitSha Sha { get; init; }

    /// <summary>The branch or tag that the commit was looked at on.</summary>
    public required GitRef Ref { get; init; }

    public required DeploymentTrigger Trigger { get; init; }

    public required GitHubLogin By { get; init; }

    public bool Force { get; init; }

    /// <summary>Another task than the target's own.</summary>
    public string? Task { get; init; }
}

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

    /// <summary>What vouches for the commit.</summary>
    public required CommitSource Source { get; init; }

    /// <summary>The pull request that the person wrote in.</summary>
    public PullRequestNumber? PullRequest => (Source as CommitSource.NamedIn)?.Pull.Number;

    /// <summary>The webhook that brought the command: processed again, it doesn't deploy again.</summary>
    public WebhookDeliveryGuid? Delivery { get; init; }

    public required DeploymentTrigger Trigger { get; init; }

    public required GitHubLogin By { get; init; }

    public bool Force { get; init; }

    /// <summary>Another task than the target's own.</summary>
    public string? Task { get; init; }
}

using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;

namespace Deliverybot.Jobs.Acts.Rollbacks;

/// <summary>What somebody wants to take back.</summary>
internal sealed record RollbackRequest
{
    /// <summary>A target; or, where that has many environments, one of them.</summary>
    public required string Place { get; init; }

    /// <summary>Where the person was told that it goes: if that has changed since, nothing is done. Null: the person was told nothing.</summary>
    public CommitSha? To { get; init; }

    public required DeploymentVia Via { get; init; }

    /// <summary>The pull request that the person wrote in.</summary>
    public PullRequestNumber? PullRequest { get; init; }

    /// <summary>The webhook that brought the command: processed again, it doesn't go back again.</summary>
    public WebhookDeliveryGuid? Delivery { get; init; }
}

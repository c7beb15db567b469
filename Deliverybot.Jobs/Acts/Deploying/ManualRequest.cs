using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;

namespace Deliverybot.Jobs.Acts.Deploying;

/// <summary>Which commit somebody wants to have where.</summary>
internal sealed record ManualRequest
{
    public required TargetName Target { get; init; }

    public required CommitSha Sha { get; init; }

    /// <summary>What vouches for the commit.</summary>
    public required CommitSource Source { get; init; }

    /// <summary>The webhook that brought the command: processed again, it doesn't deploy again.</summary>
    public WebhookDeliveryGuid? Delivery { get; init; }

    public required DeploymentVia Via { get; init; }

    public bool Force { get; init; }

    /// <summary>Another task than the target's own.</summary>
    public string? Task { get; init; }
}

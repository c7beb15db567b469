using Deliverybot.Data.Names;

namespace Deliverybot.Data.Deploying;

/// <summary>One change of state, in the order it happened.</summary>
public sealed class DeploymentStep
{
    public long Id { get; private set; }

    public DeploymentId DeploymentId { get; init; }

    public required DeploymentState State { get; init; }

    /// <inheritdoc cref="Deployment.AwaitsApproval"/>
    public bool AwaitsApproval { get; init; }

    public required DateTimeOffset At { get; init; }

    public string? Description { get; init; }

    public string? LogUrl { get; init; }
}

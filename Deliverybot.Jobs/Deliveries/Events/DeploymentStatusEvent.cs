namespace Deliverybot.Jobs.Deliveries.Events;

/// <summary><see href="https://docs.github.com/en/webhooks/webhook-events-and-payloads#deployment_status"/>.</summary>
internal sealed record DeploymentStatusEvent(DeploymentStatusEvent.Status DeploymentStatus, EventDeployment Deployment, EventRepository Repository)
{
    /// <param name="State">In GitHub's words: <c>in_progress</c>, <c>success</c> …</param>
    internal sealed record Status(
        long Id, string State, string? Description, string? LogUrl, string? TargetUrl, string? EnvironmentUrl, DateTimeOffset CreatedAt);
}

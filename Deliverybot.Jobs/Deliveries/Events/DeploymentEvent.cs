namespace Deliverybot.Jobs.Deliveries.Events;

/// <summary><see href="https://docs.github.com/en/webhooks/webhook-events-and-payloads#deployment"/>.</summary>
internal sealed record DeploymentEvent(EventDeployment Deployment, EventRepository Repository);

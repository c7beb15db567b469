namespace Deliverybot.Jobs.Deliveries.Events;

/// <summary><see href="https://docs.github.com/en/webhooks/webhook-events-and-payloads#repository"/>.</summary>
internal sealed record RepositoryEvent(string Action, EventRepository Repository);

using Deliverybot.Data.Names;

namespace Deliverybot.Jobs.Deliveries.Events;

/// <summary><see href="https://docs.github.com/en/webhooks/webhook-events-and-payloads#status"/>.</summary>
internal sealed record StatusEvent(CommitSha Sha, string Context, string State, EventRepository Repository);

namespace Deliverybot.Jobs.Deliveries.Events;

/// <summary><see href="https://docs.github.com/en/webhooks/webhook-events-and-payloads#installation"/>.</summary>
internal sealed record InstallationEvent(string Action, InstallationEvent.Details Installation)
{
    internal sealed record Details(long Id, EventAccount Account, DateTimeOffset? SuspendedAt);
}

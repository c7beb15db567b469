namespace Deliverybot.Jobs.Deliveries.Events;

/// <summary><see href="https://docs.github.com/en/webhooks/webhook-events-and-payloads#installation"/>.</summary>
internal sealed record InstallationEvent(
    string Action, InstallationEvent.Details Installation, IReadOnlyList<InstalledRepository>? Repositories)
{
    internal sealed record Details(long Id);
}

using Deliverybot.Data.Names;

namespace Deliverybot.Jobs.Deliveries.Events;

/// <summary><see href="https://docs.github.com/en/webhooks/webhook-events-and-payloads#check_run"/>.</summary>
internal sealed record CheckRunEvent(string? Action, CheckRunEvent.Run CheckRun, EventRepository Repository)
{
    internal sealed record Run(string Name, CommitSha HeadSha, string? Conclusion);
}

using Deliverybot.Data.Names;

namespace Deliverybot.Jobs.Deliveries.Events;

/// <summary><see href="https://docs.github.com/en/webhooks/webhook-events-and-payloads#check_suite"/>.</summary>
internal sealed record CheckSuiteEvent(string? Action, CheckSuiteEvent.Suite CheckSuite, EventRepository Repository)
{
    internal sealed record Suite(CommitSha HeadSha, string? Conclusion);
}

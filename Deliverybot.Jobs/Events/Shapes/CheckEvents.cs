using Deliverybot.Data.Names;

namespace Deliverybot.Jobs.Events.Shapes;

/// <summary><see href="https://docs.github.com/en/webhooks/webhook-events-and-payloads#status"/>.</summary>
internal sealed record StatusEvent(CommitSha Sha, string Context, string State, EventRepository Repository);

/// <summary><see href="https://docs.github.com/en/webhooks/webhook-events-and-payloads#check_run"/>.</summary>
internal sealed record CheckRunEvent(string? Action, CheckRunEvent.Run CheckRun, EventRepository Repository)
{
    internal sealed record Run(string Name, CommitSha HeadSha, string? Conclusion);
}

/// <summary><see href="https://docs.github.com/en/webhooks/webhook-events-and-payloads#check_suite"/>.</summary>
internal sealed record CheckSuiteEvent(string? Action, CheckSuiteEvent.Suite CheckSuite, EventRepository Repository)
{
    internal sealed record Suite(CommitSha HeadSha, string? Conclusion);
}

namespace Deliverybot.Jobs.Events.Shapes;

/// <summary><see href="https://docs.github.com/en/webhooks/webhook-events-and-payloads#release"/>.</summary>
internal sealed record ReleaseEvent(string Action, ReleaseEvent.Published Release, EventRepository Repository, EventAccount? Sender)
{
    internal sealed record Published(string TagName, bool Draft);
}

using System.Text.Json.Nodes;
using Deliverybot.Sandbox.Webhooks;

namespace Deliverybot.Tests.Harness;

internal static class LateDeliveries
{
    /// <summary>
    /// Tells what has happened as if it hadn't been told yet: under another GUID, and with bytes of its own, for what was signed once is
    /// known by its bytes.
    /// </summary>
    public static void SendLate(this WebhookOutbox outbox, WebhookDelivery late)
    {
        var body = JsonNode.Parse(late.Body.Span)!.AsObject();
        body["told_late"] = true;
        outbox.Send(late.Event, late.Action, late.InstallationId, late.RepositoryId, body);
    }

    /// <summary>Tells the very same once more, under another GUID: as whoever has seen a delivery can, for the signature doesn't cover that.</summary>
    public static void SendCopy(this WebhookOutbox outbox, WebhookDelivery seen)
    {
        var body = JsonNode.Parse(seen.Body.Span)!.AsObject();
        var copy = outbox.Send(seen.Event, seen.Action, seen.InstallationId, seen.RepositoryId, body);
        if (!copy.Body.Span.SequenceEqual(seen.Body.Span))
        {
            throw new InvalidOperationException("It isn't the same that was signed.");
        }
    }
}

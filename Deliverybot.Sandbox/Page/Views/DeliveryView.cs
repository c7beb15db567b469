using System.Text.Json;
using Deliverybot.Sandbox.Rest;
using Deliverybot.Sandbox.Webhooks;
using Deliverybot.Sandbox.World;

namespace Deliverybot.Sandbox.Page.Views;

/// <summary>One attempt to deliver a webhook.</summary>
public sealed record DeliveryView(
    long Id,
    string Event,
    string? Action,
    string? Repository,
    bool Redelivery,
    DateTimeOffset? At,
    double Milliseconds,
    string Status,
    bool Good,
    string Payload)
{
    private const int PayloadShown = 4000;
    private const int DeliveriesShown = 60;
    private static readonly JsonSerializerOptions Indented = new(DeepJson.Sent) { WriteIndented = true };

    public static IReadOnlyList<DeliveryView> Latest(GitHubWorld world) =>
        [.. world.Webhooks.Deliveries.Reverse().Take(DeliveriesShown).Select(delivery => Of(world, delivery))];

    private static DeliveryView Of(GitHubWorld world, WebhookDelivery delivery) => new(
        delivery.Id,
        delivery.Event,
        delivery.Action,
        delivery.RepositoryId is { } id ? world.FindRepository(id)?.FullName : null,
        delivery.Redelivery,
        delivery.DeliveredAt,
        delivery.Duration.TotalMilliseconds,
        delivery.StatusCode is > 0 ? $"{delivery.StatusCode}" : delivery.Status,
        delivery.StatusCode is >= 200 and < 300,
        PayloadOf(delivery));

    private static string PayloadOf(WebhookDelivery delivery)
    {
        using var payload = JsonDocument.Parse(delivery.Body, DeepJson.Read);
        var text = JsonSerializer.Serialize(payload, Indented);
        return text.Length <= PayloadShown ? text : text[..PayloadShown] + "…";
    }
}

using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Deliverybot.Data.Deliveries;
using Deliverybot.Jobs.GitHub.Reading;

namespace Deliverybot.Jobs.Events.Deliveries;

/// <summary>What is done about one kind of event. Named by its <see cref="Route"/>; may be called again for the same delivery.</summary>
internal interface IDeliveryHandler
{
    Task HandleAsync(WebhookDelivery delivery, CancellationToken cancellationToken);
}

internal static class DeliveryReading
{
    /// <summary>Reads the body as the event it is.</summary>
    /// <exception cref="UnreadableDeliveryException">It lacks what the event needs.</exception>
    public static T Read<T>(this WebhookDelivery delivery, JsonTypeInfo<T> type)
    {
        try
        {
            return TolerantJson.Read(delivery.Body, type) ?? throw new JsonException("The body is null.");
        }
        catch (JsonException fault)
        {
            throw new UnreadableDeliveryException($"The {delivery.Event} event of delivery {delivery.Guid} can't be read: {fault.Message} It stands at {fault.Path ?? "an unknown place"}.", fault);
        }
    }
}

/// <summary>An event lacks what GitHub documents for it: trying again can't help.</summary>
internal sealed class UnreadableDeliveryException(string message, Exception cause) : Exception(message, cause);

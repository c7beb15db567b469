using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Deliverybot.Data.Deliveries;

namespace Deliverybot.Jobs.Deliveries;

internal static class DeliveryReading
{
    /// <summary>Reads the body as the event it is.</summary>
    /// <exception cref="UnreadableDeliveryException">It lacks what the event needs.</exception>
    public static T Read<T>(this WebhookDelivery delivery, JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(delivery.Body, type) ?? throw new JsonException("The body is null.");
        }
        catch (JsonException fault)
        {
            throw new UnreadableDeliveryException($"The {delivery.Event} event of delivery {delivery.Guid} can't be read: {fault.Message}", fault);
        }
    }
}

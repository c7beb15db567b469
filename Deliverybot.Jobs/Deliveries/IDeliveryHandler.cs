using Deliverybot.Data.Deliveries;

namespace Deliverybot.Jobs.Deliveries;

/// <summary>What is done about one kind of event. Registered under the event's name; may be called again for the same delivery.</summary>
internal interface IDeliveryHandler
{
    Task HandleAsync(WebhookDelivery delivery, CancellationToken cancellationToken);
}

namespace Deliverybot.Data.Names;

/// <summary>The <c>X-GitHub-Delivery</c> header: a redelivery carries the same one.</summary>
public readonly record struct WebhookDeliveryGuid(Guid Value)
{
    public override string ToString() => Value.ToString();
}

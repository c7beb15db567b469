namespace Deliverybot.Jobs.Deliveries;

/// <summary>An event lacks what GitHub documents for it: trying again can't help.</summary>
internal sealed class UnreadableDeliveryException(string message, Exception cause) : Exception(message, cause);

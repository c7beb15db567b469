using Deliverybot.Data.Names;

namespace Deliverybot.Jobs.Deliveries;

/// <summary>A webhook whose signature is good, on its way into the inbox.</summary>
public sealed record ReceivedDelivery(
    WebhookDeliveryGuid Guid,
    string Event,
    RepositoryId? Repository,
    InstallationId? Installation,
    byte[] Body,
    DateTimeOffset ReceivedAt);

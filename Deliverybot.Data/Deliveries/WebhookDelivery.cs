using Deliverybot.Data.Names;

namespace Deliverybot.Data.Deliveries;

/// <summary>A webhook as GitHub sent it. The table is the outbox from which jobs are made; bodies are purged after three days.</summary>
public sealed class WebhookDelivery
{
    /// <summary>The order of arrival.</summary>
    public long Id { get; private set; }

    public required WebhookDeliveryGuid Guid { get; init; }

    /// <summary>The <c>X-GitHub-Event</c> header.</summary>
    public required string Event { get; init; }

    public RepositoryId? RepositoryId { get; init; }

    public InstallationId? InstallationId { get; init; }

    /// <summary>The raw bytes that GitHub signed.</summary>
    public required byte[] Body { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>When a job was made of it.</summary>
    public DateTimeOffset? DispatchedAt { get; set; }

    public DateTimeOffset? ProcessedAt { get; set; }
}

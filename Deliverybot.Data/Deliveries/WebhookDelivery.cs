using Deliverybot.Data.Names;

namespace Deliverybot.Data.Deliveries;

/// <summary>A webhook as GitHub sent it. The table is the outbox from which jobs are made; bodies are purged after four days.</summary>
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

    /// <summary>What was signed, where that counts once; null where it may be told any number of times.</summary>
    public SignedDigest? Signed { get; init; }

    /// <summary>The trace that goes on when it is processed, as <c>traceparent</c> has it; null where nobody collects traces.</summary>
    public string? TraceParent { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>When it was begun, or a job was made of it.</summary>
    public DateTimeOffset? DispatchedAt { get; set; }

    /// <summary>Until then the process that has begun it vouches for it; null: a job does. What is left after that is begun anew.</summary>
    public DateTimeOffset? LeasedUntil { get; set; }

    public DateTimeOffset? ProcessedAt { get; set; }

    /// <summary>How often a fault of GitHub's kept it from being processed. After a few, those behind it pass.</summary>
    public int Faults { get; set; }
}

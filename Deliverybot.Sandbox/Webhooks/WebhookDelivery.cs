namespace Deliverybot.Sandbox.Webhooks;

/// <summary>One attempt to deliver an event; a redelivery is a new one with the same <see cref="Guid"/>.</summary>
public sealed class WebhookDelivery
{
    public required long Id { get; init; }

    public required Guid Guid { get; init; }

    public required string Event { get; init; }

    public required string? Action { get; init; }

    public required long? InstallationId { get; init; }

    public required long? RepositoryId { get; init; }

    public required bool Redelivery { get; init; }

    /// <summary>The bytes that were signed and sent.</summary>
    public required ReadOnlyMemory<byte> Body { get; init; }

    public DateTimeOffset? DeliveredAt { get; internal set; }

    public TimeSpan Duration { get; internal set; }

    /// <summary>What the App answered; 0 when it could not be reached.</summary>
    public int? StatusCode { get; internal set; }

    /// <summary>GitHub's word for how it went.</summary>
    public string Status { get; internal set; } = "queued";

    internal IReadOnlyDictionary<string, string> RequestHeaders { get; set; } = new Dictionary<string, string>();

    internal string ResponseBody { get; set; } = "";
}

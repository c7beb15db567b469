using System.Threading.Channels;
using Deliverybot.Data.Names;

namespace Deliverybot.Jobs.Events.Deliveries;

/// <summary>
/// Where received webhooks are kept. Those that arrive together share one INSERT; each caller goes on after its commit,
/// so whatever was acknowledged can't be lost.
/// </summary>
public sealed class DeliveryInbox
{
    private const int Capacity = 4096;

    private readonly Channel<Entry> _entries = Channel.CreateBounded<Entry>(Capacity);

    internal ChannelReader<Entry> Entries => _entries.Reader;

    /// <summary>Ends when the delivery is committed. A delivery whose GUID, or what is signed of it, is known already is left as it is.</summary>
    /// <exception cref="Npgsql.NpgsqlException">It could not be stored: GitHub has to be told so.</exception>
    public async Task AddAsync(ReceivedDelivery delivery, CancellationToken cancellationToken)
    {
        var entry = new Entry(delivery, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        await _entries.Writer.WriteAsync(entry, cancellationToken);
        await entry.Stored.Task.WaitAsync(cancellationToken);
    }

    internal readonly record struct Entry(ReceivedDelivery Delivery, TaskCompletionSource Stored);
}

/// <summary>A webhook whose signature is good, on its way into the inbox.</summary>
public sealed record ReceivedDelivery(
    WebhookDeliveryGuid Guid,
    string Event,
    RepositoryId? Repository,
    InstallationId? Installation,
    byte[] Body,
    DateTimeOffset ReceivedAt,
    bool CountsOnce)
{
    /// <summary>What was signed, where that counts once, under whatever GUID it comes; else null.</summary>
    public SignedDigest? Signed { get; } = CountsOnce ? SignedDigest.Of(Body) : null;
}

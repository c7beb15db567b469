using System.Threading.Channels;

namespace Deliverybot.Jobs.Deliveries;

/// <summary>
/// Where received webhooks are kept. Those that arrive together share one INSERT; each caller goes on after its commit,
/// so whatever was acknowledged can't be lost.
/// </summary>
public sealed class DeliveryInbox
{
    private const int Capacity = 4096;

    private readonly Channel<Entry> _entries = Channel.CreateBounded<Entry>(Capacity);

    internal ChannelReader<Entry> Entries => _entries.Reader;

    /// <summary>Ends when the delivery is committed. A delivery whose GUID is known already is left as it is.</summary>
    /// <exception cref="Npgsql.NpgsqlException">It could not be stored: GitHub has to be told so.</exception>
    public async Task AddAsync(ReceivedDelivery delivery, CancellationToken cancellationToken)
    {
        var entry = new Entry(delivery, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        await _entries.Writer.WriteAsync(entry, cancellationToken);
        await entry.Stored.Task.WaitAsync(cancellationToken);
    }

    internal readonly record struct Entry(ReceivedDelivery Delivery, TaskCompletionSource Stored);
}

using System.Threading.Channels;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Engine;
using Deliverybot.Jobs.Telemetry;
using Microsoft.Extensions.Hosting;
using Npgsql;
using NpgsqlTypes;

namespace Deliverybot.Jobs.Events.Deliveries;

/// <summary>
/// Where received webhooks are kept. Those that arrive together share one INSERT; each caller goes on after its commit,
/// so whatever was acknowledged can't be lost.
/// </summary>
public sealed class DeliveryInbox(TimeProvider time)
{
    private const int Capacity = 4096;

    /// <summary>So many wait to be stored at once only where more arrives than one team causes.</summary>
    private const int Crowd = 6;

    /// <summary>After each commit hardly any wait for a moment, though the next are on their way.</summary>
    private static readonly TimeSpan Lull = TimeSpan.FromMilliseconds(100);

    private readonly Channel<Entry> _entries = Channel.CreateBounded<Entry>(Capacity);

    private int _waiting;
    private long _crowdedAt = long.MinValue;

    internal ChannelReader<Entry> Entries => _entries.Reader;

    /// <summary>Whether more arrive now than are stored at once.</summary>
    internal bool IsCrowded => Volatile.Read(ref _crowdedAt) is > long.MinValue and var at && time.GetElapsedTime(at) < Lull;

    /// <summary>Ends when the delivery is committed. A delivery whose GUID, or what is signed of it, is known already is left as it is.</summary>
    /// <exception cref="Npgsql.NpgsqlException">It could not be stored: GitHub has to be told so.</exception>
    public async Task AddAsync(ReceivedDelivery delivery, CancellationToken cancellationToken)
    {
        var entry = new Entry(delivery, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        if (Interlocked.Increment(ref _waiting) >= Crowd)
        {
            Volatile.Write(ref _crowdedAt, time.GetTimestamp());
        }

        try
        {
            await _entries.Writer.WriteAsync(entry, cancellationToken);
            await entry.Stored.Task.WaitAsync(cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
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

    public string? TraceParent { get; } = Tracing.Parent;
}

/// <summary>
/// Drains the inbox into <c>webhook_deliveries</c>, up to <see cref="MostRows"/> rows a statement. While one statement is committed the next
/// one gathers; a second writer would only make both smaller.
/// </summary>
internal sealed class DeliveryWriter(DeliveryInbox inbox, DispatchSignal signal, DatabasePools pools, TimeProvider time) : BackgroundService
{
    /// <summary>So long a delivery waits for a database that is being restarted: GitHub itself gives up after 10 seconds.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(7);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private const int MostRows = 64;

    private const string Insert =
        """
        insert into webhook_deliveries (guid, event, repository_id, installation_id, body, received_at, signed, trace_parent)
        select * from unnest($1, $2, $3, $4, $5, $6, $7, $8)
        on conflict do nothing
        """;

    /// <summary>The site stops taking requests before this ends, so nobody waits for an entry that is left.</summary>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await DrainAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The site stops.
        }
    }

    private async Task DrainAsync(CancellationToken stoppingToken)
    {
        var batch = new List<DeliveryInbox.Entry>(MostRows);
        while (await inbox.Entries.WaitToReadAsync(stoppingToken))
        {
            batch.Clear();
            while (batch.Count < MostRows && inbox.Entries.TryRead(out var entry))
            {
                batch.Add(entry);
            }

            if (batch.Count > 0)
            {
                await StoreAsync(batch, stoppingToken);
            }
        }
    }

    private async Task StoreAsync(List<DeliveryInbox.Entry> batch, CancellationToken cancellationToken)
    {
        try
        {
            await InsertAsync(batch, cancellationToken);
        }
        catch (PostgresException deadlock) when (deadlock.SqlState == PostgresErrorCodes.DeadlockDetected)
        {
            // Another process had the same deliveries in another order. It has gone on; now it is our turn.
            await StoreAsync(batch, cancellationToken);
            return;
        }
        catch (NpgsqlException outage) when (outage.IsTransient)
        {
            // Whether it was stored or not: storing it again changes nothing.
            var late = batch.FindAll(HasWaitedLongEnough);
            Fail(late, outage);
            batch.RemoveAll(late.Contains);
            if (batch.Count > 0)
            {
                await Task.Delay(Pause, time, cancellationToken);
                await StoreAsync(batch, cancellationToken);
            }

            return;
        }
        catch (Exception fault)
        {
            Fail(batch, fault);
            return;
        }

        batch.ForEach(entry => entry.Stored.SetResult());
        signal.Raise();
    }

    /// <summary>The fault belongs to the requests that wait: each answers 5xx, and GitHub knows that it must deliver again.</summary>
    private static void Fail(List<DeliveryInbox.Entry> batch, Exception fault) => batch.ForEach(entry => entry.Stored.TrySetException(fault));

    private bool HasWaitedLongEnough(DeliveryInbox.Entry entry) => time.GetUtcNow() - entry.Delivery.ReceivedAt >= Patience;

    private async Task InsertAsync(List<DeliveryInbox.Entry> batch, CancellationToken cancellationToken)
    {
        await using var command = pools.Receiving.CreateCommand(Insert);
        var deliveries = batch.ConvertAll(entry => entry.Delivery);
        command.Parameters.Add(Array(NpgsqlDbType.Uuid, deliveries.ConvertAll(delivery => delivery.Guid.Value)));
        command.Parameters.Add(Array(NpgsqlDbType.Text, deliveries.ConvertAll(delivery => delivery.Event)));
        command.Parameters.Add(Array(NpgsqlDbType.Bigint, deliveries.ConvertAll(delivery => delivery.Repository?.Value)));
        command.Parameters.Add(Array(NpgsqlDbType.Bigint, deliveries.ConvertAll(delivery => delivery.Installation?.Value)));
        command.Parameters.Add(Array(NpgsqlDbType.Bytea, deliveries.ConvertAll(delivery => delivery.Body)));
        command.Parameters.Add(Array(NpgsqlDbType.TimestampTz, deliveries.ConvertAll(delivery => delivery.ReceivedAt.UtcDateTime)));
        command.Parameters.Add(Array(NpgsqlDbType.Uuid, deliveries.ConvertAll(delivery => delivery.Signed?.Value)));
        command.Parameters.Add(Array(NpgsqlDbType.Text, deliveries.ConvertAll(delivery => delivery.TraceParent)));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static NpgsqlParameter Array<T>(NpgsqlDbType type, List<T> values) =>
        new() { NpgsqlDbType = NpgsqlDbType.Array | type, Value = values };
}

using System.Threading.Channels;
using Deliverybot.Data.Changes;
using Deliverybot.Sandbox.World;
using Npgsql;

namespace Deliverybot.Tests.Harness;

/// <summary>Waits without sleeping: for events at GitHub, and for the changes of which the database tells open pages.</summary>
internal static class Happenings
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static async Task AwaitAsync(
        House house, Func<Task<bool>> isTrue, string expectation, TimeSpan patience, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(patience);
        var signals = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        void Signal(WorldEvent happening) => signals.Writer.TryWrite(true);

        await using var connection = await house.Database.Source.OpenConnectionAsync(limit.Token);
        connection.Notification += (_, _) => signals.Writer.TryWrite(true);
        await using (var listen = new NpgsqlCommand(ChangesChannel.Listen, connection))
        {
            await listen.ExecuteNonQueryAsync(limit.Token);
        }

        house.World.Happened += Signal;
        var listening = ListenAsync(connection, limit.Token);
        try
        {
            while (!await isTrue())
            {
                await NextAsync(signals.Reader, limit.Token);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException(
                $"Not within {patience.TotalSeconds:0} seconds: {expectation}. Unfinished jobs:{Environment.NewLine}{await UnfinishedJobs.OfAsync(house)}"
                + $"{Environment.NewLine}The Site's log:{Environment.NewLine}{string.Join(Environment.NewLine, house.Log)}");
        }
        finally
        {
            house.World.Happened -= Signal;
            await limit.CancelAsync();
            await listening;
        }
    }

    // Not every row tells of its change: after a quarter of a second it is looked at again.
    private static async Task NextAsync(ChannelReader<bool> signals, CancellationToken cancellationToken)
    {
        using var look = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        look.CancelAfter(TimeSpan.FromMilliseconds(250));
        try
        {
            await signals.ReadAsync(look.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Look.
        }
    }

    private static async Task ListenAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                await connection.WaitAsync(cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The wait is over.
        }
    }
}

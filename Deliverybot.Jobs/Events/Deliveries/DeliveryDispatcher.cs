using Hangfire.States;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Deliverybot.Jobs.Events.Deliveries;

/// <summary>
/// Begins new deliveries, or makes jobs of them. A job and the mark on the rows that it vouches for them are one transaction.
/// </summary>
internal sealed partial class DeliveryDispatcher(
    NewDeliveries deliveries,
    DispatchSignal signal,
    DeliveryLanes lanes,
    ReceivingFirst receiving,
    TimeProvider time,
    ILogger<DeliveryDispatcher> logger) : BackgroundService
{
    private static readonly TimeSpan Sweep = TimeSpan.FromSeconds(1);

    /// <summary>While many arrive they gather so long: fewer and larger batches.</summary>
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(100);

    /// <summary>What was taken and could not be left to jobs yet.</summary>
    private IReadOnlyList<DeliveryBatch> _left = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                while (await DispatchAsync(stoppingToken) > 0)
                {
                    await GatherAsync(stoppingToken);
                }
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                // What was taken and not handed over is handed over next; should this process end before, it is free again when its lease ends.
                Log.Failed(logger, fault);
                await signal.WaitAsync(Sweep, stoppingToken);
            }

            await signal.WaitAsync(Sweep, stoppingToken);
            await GatherAsync(stoppingToken);
        }
    }

    private Task GatherAsync(CancellationToken cancellationToken) => receiving.IsBusy ? Task.Delay(Gathering, time, cancellationToken) : Task.CompletedTask;

    /// <summary>Takes what is new, begins it or makes jobs of it, and answers in how many parts.</summary>
    internal async Task<int> DispatchAsync(CancellationToken cancellationToken)
    {
        await HandOverAsync();
        var batches = await deliveries.TakeAsync(cancellationToken);
        _left = [.. batches.Where(batch => !lanes.TryBegin(batch))];
        await HandOverAsync();
        return batches.Count;
    }

    private async Task HandOverAsync()
    {
        // What it vouches for no longer is taken anew, with all else: nothing that can't be handed over holds up the rest for good.
        _left = [.. _left.Where(batch => batch.Taken + NewDeliveries.Vouched > time.GetUtcNow())];
        if (_left.Count > 0)
        {
            await lanes.HandOverAsync(_left, new EnqueuedState());
            _left = [];
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "New deliveries could not be dispatched; they are tried again.")]
        public static partial void Failed(ILogger logger, Exception fault);
    }
}

/// <summary>Wakes the dispatcher of this process. What other processes store is found by its sweep.</summary>
internal sealed class DispatchSignal : IDisposable
{
    private readonly SemaphoreSlim _raised = new(0, 1);

    public void Raise()
    {
        try
        {
            _raised.Release();
        }
        catch (SemaphoreFullException)
        {
            // It is raised already: one look at the table serves both.
        }
    }

    public Task<bool> WaitAsync(TimeSpan atMost, CancellationToken cancellationToken) => _raised.WaitAsync(atMost, cancellationToken);

    public void Dispose() => _raised.Dispose();
}

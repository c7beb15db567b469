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
    ILogger<DeliveryDispatcher> logger) : BackgroundService
{
    private static readonly TimeSpan Sweep = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                while (await DispatchAsync(stoppingToken) > 0)
                {
                }
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                // What was marked and not begun is free again when its lease ends.
                Log.Failed(logger, fault);
                await signal.WaitAsync(Sweep, stoppingToken);
            }

            await signal.WaitAsync(Sweep, stoppingToken);
        }
    }

    /// <summary>Takes what is new, begins it or makes jobs of it, and answers in how many parts.</summary>
    internal async Task<int> DispatchAsync(CancellationToken cancellationToken)
    {
        var batches = await deliveries.TakeAsync(cancellationToken);
        if (batches.Where(batch => !lanes.TryBegin(batch)).ToList() is { Count: > 0 } left)
        {
            await lanes.HandOverAsync(left, new EnqueuedState());
        }

        return batches.Count;
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

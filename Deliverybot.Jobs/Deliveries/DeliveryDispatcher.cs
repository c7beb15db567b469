using Deliverybot.Jobs.Engine;
using Hangfire;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Deliverybot.Jobs.Deliveries;

/// <summary>
/// Makes jobs of new deliveries. The jobs and the marks on the rows are one transaction: neither exists without the other.
/// </summary>
internal sealed partial class DeliveryDispatcher(
    NewDeliveries deliveries,
    DispatchSignal signal,
    IBackgroundJobClientV2 jobs,
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
                // Nothing was marked, so nothing is lost: the next sweep takes the same rows.
                Log.Failed(logger, fault);
                await signal.WaitAsync(Sweep, stoppingToken);
            }

            await signal.WaitAsync(Sweep, stoppingToken);
        }
    }

    /// <summary>Takes what is new and answers how many jobs it made of it.</summary>
    internal async Task<int> DispatchAsync(CancellationToken cancellationToken)
    {
        using var scope = JobTransaction.Begin();
        var batches = await deliveries.TakeAsync(cancellationToken);
        foreach (var batch in batches)
        {
            jobs.Enqueue<ProcessDeliveriesJob>(job => job.RunAsync(batch.Source, batch.Events, batch.Ids, CancellationToken.None));
        }

        scope.Complete();
        return batches.Count;
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "New deliveries could not be dispatched; they are tried again.")]
        public static partial void Failed(ILogger logger, Exception fault);
    }
}

using System.Runtime.ExceptionServices;
using Deliverybot.Data;
using Deliverybot.Data.Deliveries;
using Deliverybot.Jobs.GitHub;
using Deliverybot.Jobs.Statuses;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Deliverybot.Jobs.Deliveries;

/// <summary>Hands each delivery to the handler of its event and marks it as processed.</summary>
internal sealed partial class DeliveryProcessor(
    DeliverybotContext db, IServiceProvider services, DueCommitStatuses statuses, TimeProvider time, ILogger<DeliveryProcessor> logger)
{
    /// <exception cref="RetryLaterException">GitHub can't be used now; the rest is left for later.</exception>
    /// <exception cref="AggregateException">Some could not be processed; the others were.</exception>
    public async Task ProcessAsync(IReadOnlyList<WebhookDelivery> deliveries, CancellationToken cancellationToken)
    {
        var faults = new List<Exception>();
        var done = new List<long>(deliveries.Count);
        try
        {
            foreach (var delivery in deliveries)
            {
                try
                {
                    await HandleAsync(delivery, cancellationToken);
                    done.Add(delivery.Id);
                }
                catch (Exception fault) when (fault is not RetryLaterException and not OperationCanceledException)
                {
                    Log.Failed(logger, fault, delivery.Event, delivery.Guid.Value);
                    faults.Add(fault);
                }

                // Each delivery begins with nothing in memory: what another left there may be old, or broken.
                db.ChangeTracker.Clear();
            }
        }
        finally
        {
            // What was done is done, also when the rest is left for later.
            var now = time.GetUtcNow();
            await db.WebhookDeliveries
                .Where(delivery => done.Contains(delivery.Id))
                .ExecuteUpdateAsync(row => row.SetProperty(delivery => delivery.ProcessedAt, now), CancellationToken.None);
        }

        switch (faults)
        {
            case [var only]:
                ExceptionDispatchInfo.Throw(only);
                break;
            case [_, ..]:
                throw new AggregateException(faults);
        }
    }

    private async Task HandleAsync(WebhookDelivery delivery, CancellationToken cancellationToken)
    {
        using var scope = Log.Delivery(logger, delivery.Guid.Value, delivery.Event, delivery.RepositoryId?.Value);
        try
        {
            foreach (var handler in services.GetKeyedServices<IDeliveryHandler>(delivery.Event))
            {
                await handler.HandleAsync(delivery, cancellationToken);
            }
        }
        finally
        {
            // What was decided before a fault is told as well.
            await statuses.WriteAsync(cancellationToken);
        }
    }

    private static partial class Log
    {
        private static readonly Func<ILogger, Guid, string, long?, IDisposable?> Scope =
            LoggerMessage.DefineScope<Guid, string, long?>("Delivery {Delivery}, {Event} of repository {Repository}");

        public static IDisposable? Delivery(ILogger logger, Guid delivery, string @event, long? repository) => Scope(logger, delivery, @event, repository);

        [LoggerMessage(LogLevel.Warning, "The {Event} of delivery {Delivery} could not be processed.")]
        public static partial void Failed(ILogger logger, Exception fault, string @event, Guid delivery);
    }
}

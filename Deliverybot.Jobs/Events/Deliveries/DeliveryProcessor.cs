using System.Diagnostics;
using System.Net;
using System.Runtime.ExceptionServices;
using Deliverybot.Data;
using Deliverybot.Data.Deliveries;
using Deliverybot.Jobs.Changes;
using Deliverybot.Jobs.GitHub.Transport;
using Deliverybot.Jobs.Telemetry;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Deliverybot.Jobs.Events.Deliveries;

/// <summary>Hands each delivery to the handler of its event and marks it as processed.</summary>
internal sealed partial class DeliveryProcessor(
    DeliverybotContext db, RouteTable routes, IServiceProvider services, Outbox outbox, Entrance entrance, Occasion occasion, TimeProvider time, ILogger<DeliveryProcessor> logger)
{
    /// <summary>
    /// After so many faults of GitHub's those behind a delivery pass it: it may be one address that has the fault, and late events are
    /// put in their place. Before that it is likely that GitHub is down, and the order of arrival is the cheapest.
    /// </summary>
    public const int Patience = 3;

    /// <summary>
    /// In a run no more of those are tried that were passed already, for each may take GitHub's whole patience: first those that have met
    /// the fewest faults, so that two which never succeed keep no others from it.
    /// </summary>
    private const int MostFaults = 2;

    /// <exception cref="RetryLaterException">GitHub can't be used now; the rest is left for later.</exception>
    /// <exception cref="AggregateException">Some could not be processed; the others were.</exception>
    public async Task ProcessAsync(IReadOnlyList<WebhookDelivery> deliveries, CancellationToken cancellationToken)
    {
        var faults = new List<Exception>();
        var done = new List<long>(deliveries.Count);
        var held = new List<RetryLaterException>();
        try
        {
            foreach (var delivery in deliveries.OrderBy(delivery => delivery.Faults < Patience ? 0 : delivery.Faults).TakeWhile(_ => held.Count < MostFaults))
            {
                try
                {
                    await HandleAsync(delivery, cancellationToken);
                    done.Add(delivery.Id);
                }
                catch (RetryLaterException fault) when (fault.Holdup is Holdup.Fault)
                {
                    await CountAsync(delivery);
                    if (delivery.Faults + 1 < Patience)
                    {
                        throw;
                    }

                    Log.Passed(logger, delivery.Event, delivery.Guid.Value, delivery.Faults + 1, fault.Reason);
                    held.Add(fault);
                }
                catch (Exception fault) when (fault is not RetryLaterException and not OperationCanceledException)
                {
                    Tell(delivery, fault);
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
                .ExecuteUpdateAsync(
                    row => row.SetProperty(delivery => delivery.ProcessedAt, now).SetProperty(delivery => delivery.LeasedUntil, (DateTimeOffset?)null),
                    CancellationToken.None);
        }

        if (held is [var first, ..])
        {
            throw first;
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

    private async Task CountAsync(WebhookDelivery delivery) =>
        await db.WebhookDeliveries
            .Where(row => row.Id == delivery.Id)
            .ExecuteUpdateAsync(row => row.SetProperty(counted => counted.Faults, counted => counted.Faults + 1), CancellationToken.None);

    private void Tell(WebhookDelivery delivery, Exception fault)
    {
        Log.Failed(logger, fault, delivery.Event, delivery.Guid.Value, fault.Message);
        if (fault is GitHubRefusedException { Status: HttpStatusCode.Forbidden } refused && delivery.InstallationId is { } installation)
        {
            entrance.Note(EntryFaults.Of(installation), refused.Message);
        }
    }

    private async Task HandleAsync(WebhookDelivery delivery, CancellationToken cancellationToken)
    {
        using var scope = Log.Delivery(logger, delivery.Guid.Value, delivery.Event, delivery.RepositoryId?.Value);
        using var span = Begin(delivery);
        occasion.Set(delivery.Event, delivery.ReceivedAt);
        try
        {
            foreach (var handler in routes.Find(delivery.Event)?.Handlers ?? [])
            {
                await ((IDeliveryHandler)services.GetRequiredService(handler)).HandleAsync(delivery, cancellationToken);
            }
        }
        catch (Exception fault)
        {
            span.Fail(fault);
            throw;
        }
        finally
        {
            // The next one may take long, and so may the whole batch. What was decided before a fault is told as well.
            await outbox.TellAsync(cancellationToken);
        }
    }

    private static Activity? Begin(WebhookDelivery delivery) => Tracing.Begin($"process {delivery.Event}", ActivityKind.Consumer, delivery.TraceParent)?
        .SetTag("deliverybot.delivery.guid", delivery.Guid.Value.ToString())
        .SetTag("deliverybot.repository.id", delivery.RepositoryId?.Value);

    private static partial class Log
    {
        private static readonly Func<ILogger, Guid, string, long?, IDisposable?> Scope =
            LoggerMessage.DefineScope<Guid, string, long?>("Delivery {Delivery}, {Event} of repository {Repository}");

        public static IDisposable? Delivery(ILogger logger, Guid delivery, string @event, long? repository) => Scope(logger, delivery, @event, repository);

        [LoggerMessage(LogLevel.Error, "The {Event} of delivery {Delivery} could not be processed, and is tried again: {Why}")]
        public static partial void Failed(ILogger logger, Exception fault, string @event, Guid delivery, string why);

        [LoggerMessage(LogLevel.Warning, "The {Event} of delivery {Delivery} has met {Faults} faults of GitHub's; those behind it pass, and it is tried again: {Why}")]
        public static partial void Passed(ILogger logger, string @event, Guid delivery, int faults, string why);
    }
}

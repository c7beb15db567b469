using System.Globalization;
using Deliverybot.Jobs.Engine;
using Deliverybot.Jobs.GitHub.Transport;
using Hangfire;
using Hangfire.States;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Deliverybot.Jobs.Events.Deliveries;

/// <summary>
/// Where deliveries are worked on without a job: one costs some forty round trips to PostgreSQL, several times what a push itself needs.
/// Lanes are open while most workers have nothing to do, and no account has all of them; what finds none, what fails and what is put off
/// gets a job (docs/decisions/0016). The rows say until when this process vouches for them: should it go, the next one begins them anew.
/// </summary>
internal sealed partial class DeliveryLanes(
    IServiceScopeFactory scopes, NewDeliveries deliveries, RunningJobs running, IBackgroundJobClientV2 jobs, DispatchSignal signal, TimeProvider time, ILogger<DeliveryLanes> logger)
    : BackgroundService
{
    private const int Most = 6;

    private const int MostOfAccount = 4;

    /// <summary>In one transaction, which must come to its end before the leases do.</summary>
    private const int MostHandedOver = 100;

    /// <summary>So long those that are under way may go on when the process is to stop; their leases last longer.</summary>
    private static readonly TimeSpan ToTheEnd = TimeSpan.FromSeconds(10);

    /// <summary>As a job that fails for the first time is tried again.</summary>
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<DeliveryBatch, Task> _begun = new(ReferenceEqualityComparer.Instance);
    /// <summary>Work has ended of these, and a job is to take them up. Nobody says any more that this process works on them.</summary>
    private readonly HashSet<DeliveryBatch> _left = new(ReferenceEqualityComparer.Instance);

    private readonly CancellationTokenSource _halt = new();
    private bool _isOpen;

    /// <summary>Begins the work, if a lane is open; else somebody else must do it.</summary>
    public bool TryBegin(DeliveryBatch batch)
    {
        lock (_lock)
        {
            if (!_isOpen || !running.TryBeginInLane(NameOf(batch), batch.Account, Most, MostOfAccount))
            {
                return false;
            }

            _begun[batch] = Task.Run(() => WorkAsync(batch, _halt.Token), CancellationToken.None);
            return true;
        }
    }

    /// <summary>Makes jobs of batches, as far as this process still vouches for them.</summary>
    /// <param name="batches">What it had taken.</param>
    /// <param name="state">What the jobs begin with.</param>
    /// <param name="putOff">Where the rows were put off, until when.</param>
    public async Task HandOverAsync(IReadOnlyList<DeliveryBatch> batches, IState state, DateTimeOffset? putOff = null)
    {
        foreach (var some in batches.Chunk(MostHandedOver))
        {
            using var scope = JobTransaction.Begin();
            var ours = await deliveries.HandOverAsync(some, putOff);
            foreach (var batch in some)
            {
                if (batch.Ids.Where(ours.Contains).ToArray() is { Length: > 0 } ids)
                {
                    jobs.Create<ProcessDeliveriesJob>(job => job.RunAsync(batch.Source, batch.Events, ids, CancellationToken.None), state);
                }
            }

            scope.Complete();
        }
    }

    public override void Dispose()
    {
        _halt.Dispose();
        base.Dispose();
    }

    /// <summary>Opens the lanes, and says anew that this process still works on what takes long.</summary>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        lock (_lock)
        {
            _isOpen = true;
        }

        try
        {
            using var timer = new PeriodicTimer(NewDeliveries.LeaseRenewal, time);
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await RenewAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            await CloseAsync();
        }
    }

    private async Task RenewAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (Begun() is { Length: > 0 } ids)
            {
                await deliveries.RenewAsync(ids, cancellationToken);
            }

            if (await deliveries.TakeBackAsync(cancellationToken) > 0)
            {
                signal.Raise();
            }
        }
        catch (Exception fault) when (fault is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // The next tick comes before the leases end. Should they end, another begins the same: that does no harm.
            Log.NotRenewed(logger, fault);
        }
    }

    private async Task CloseAsync()
    {
        Task[] begun;
        lock (_lock)
        {
            _isOpen = false;
            begun = [.. _begun.Values];
        }

        await Task.WhenAny(Task.WhenAll(begun), Task.Delay(ToTheEnd, time));
        await _halt.CancelAsync();
        await Task.WhenAll(begun);
    }

    private long[] Begun()
    {
        lock (_lock)
        {
            return [.. _begun.Keys.Except(_left).SelectMany(batch => batch.Ids)];
        }
    }

    private static string NameOf(DeliveryBatch batch) => string.Create(CultureInfo.InvariantCulture, $"lane {batch.Ids[0]} {batch.Taken:O}");

    private async Task WorkAsync(DeliveryBatch batch, CancellationToken halt)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<ProcessDeliveriesJob>().RunAsync(batch.Source, batch.Events, batch.Ids, halt);
        }
        catch (Exception fault)
        {
            await LeaveAsync(batch, fault, halt);
        }
        finally
        {
            lock (_lock)
            {
                _begun.Remove(batch);
                _left.Remove(batch);
            }

            running.End(NameOf(batch));
        }
    }

    /// <summary>
    /// A job takes it up, as it would have if it had failed in one. Where PostgreSQL is what failed, that is tried until it is back: else what
    /// was cut off would have to wait until its lease ends, and all that comes for the repository behind it. With
    /// the lease that ends, too: there is nothing left of it to hand over then.
    /// </summary>
    private async Task LeaveAsync(DeliveryBatch batch, Exception fault, CancellationToken halt)
    {
        if (fault is not RetryLaterException && !halt.IsCancellationRequested)
        {
            Log.Failed(logger, fault, batch.Events, batch.Source);
        }

        lock (_lock)
        {
            _left.Add(batch);
        }

        for (var hasTried = false; !await TryLeaveAsync(batch, fault, hasTried, halt) && !halt.IsCancellationRequested; hasTried = true)
        {
            await Task.Delay(Moment, time, halt).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<bool> TryLeaveAsync(DeliveryBatch batch, Exception fault, bool hasTried, CancellationToken halt)
    {
        var later = fault as RetryLaterException;
        try
        {
            if (halt.IsCancellationRequested)
            {
                await deliveries.GiveBackAsync(batch, later?.At);
            }
            else
            {
                await HandOverAsync(
                    [batch],
                    later is null ? new ScheduledState(Moment) { Reason = fault.Message } : new ScheduledState(later.At.UtcDateTime) { Reason = later.Reason },
                    later?.At);
            }

            return true;
        }
        catch (Exception unsaved)
        {
            if (!hasTried)
            {
                Log.NotLeft(logger, unsaved, batch.Events, batch.Source);
            }

            return false;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "{Events} of {Source} could not be processed at once; a job tries it again.")]
        public static partial void Failed(ILogger logger, Exception fault, string events, string source);

        [LoggerMessage(LogLevel.Error, "{Events} of {Source} could not be left to a job; that is tried until it can.")]
        public static partial void NotLeft(ILogger logger, Exception fault, string events, string source);

        [LoggerMessage(LogLevel.Warning, "The leases of deliveries that are being worked on could not be renewed; it is tried again.")]
        public static partial void NotRenewed(ILogger logger, Exception fault);
    }
}

using System.Threading.Channels;
using Deliverybot.Jobs.Engine;
using Deliverybot.Jobs.GitHub.Transport;
using Deliverybot.Jobs.Telemetry;
using Hangfire;
using Hangfire.States;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Deliverybot.Jobs.Changes;

/// <summary>
/// Tells channels what has been saved, in the process that has saved it. What a channel can't take now gets a job, for that channel alone;
/// what this process doesn't come to, upkeep finds by the rows.
/// </summary>
internal sealed partial class Telling(
    IServiceScopeFactory scopes, UntoldChanges untold, IBackgroundJobClientV2 jobs, TimeProvider time, ILogger<Telling> logger) : BackgroundService
{
    /// <summary>As a job that fails for the first time is tried again.</summary>
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(5);

    /// <summary>GitHub may be slow for one of those who have clicked: the others are told meanwhile.</summary>
    private const int AtOnce = 8;

    private readonly Channel<(IReadOnlyList<SavedChange> Saved, string? TraceParent)> _left =
        Channel.CreateUnbounded<(IReadOnlyList<SavedChange>, string?)>(new UnboundedChannelOptions { SingleReader = true });

    private readonly CancellationTokenSource _halt = new();

    /// <summary>Tells them soon; nobody waits for it.</summary>
    public void Leave(IReadOnlyList<SavedChange> saved) => _left.Writer.TryWrite((saved, Tracing.Parent));

    /// <summary>Tells them now, each channel once of each of its subjects, the oldest wish first. No channel's fault is thrown.</summary>
    public async Task TellAsync(IReadOnlyList<SavedChange> saved, CancellationToken cancellationToken)
    {
        var told = new List<long>(saved.Count);
        await using var scope = scopes.CreateAsyncScope();
        try
        {
            foreach (var channel in scope.ServiceProvider.GetServices<IChannel>())
            {
                var subjects = saved.Where(change => change.Channel == channel.Name)
                    .OrderBy(change => change.Happening.Wish.Id).ThenBy(change => change.Id)
                    .GroupBy(change => channel.SubjectOf(change.Happening));
                foreach (var subject in subjects)
                {
                    await TellAsync(channel, [.. subject], told, cancellationToken);
                }
            }
        }
        finally
        {
            await NoteAsync(told);
        }
    }

    /// <summary>The same, where the scope that saved them ends. What the end of the process cuts off, another tells.</summary>
    public async Task TellAtTheEndAsync(IReadOnlyList<SavedChange> saved)
    {
        try
        {
            await TellAsync(saved, _halt.Token);
        }
        catch (OperationCanceledException) when (_halt.IsCancellationRequested)
        {
            // The lease ends.
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await _halt.CancelAsync();
        await base.StopAsync(cancellationToken);
    }

    public override void Dispose()
    {
        _halt.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await Parallel.ForEachAsync(
                _left.Reader.ReadAllAsync(stoppingToken),
                new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stoppingToken },
                async (left, stop) =>
                {
                    using var span = Tracing.Begin("tell", parent: left.TraceParent);
                    await TellAsync(left.Saved, stop);
                });
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The site stops.
        }
    }

    private async Task TellAsync(IChannel channel, IReadOnlyList<SavedChange> changes, List<long> told, CancellationToken cancellationToken)
    {
        using var span = Tracing.Begin($"tell {channel.Name}");
        span?.SetTag("deliverybot.deployment.id", changes[^1].Happening.Wish.Id.Value);
        try
        {
            await channel.TellAsync(changes[^1].Happening, cancellationToken);
            told.AddRange(changes.Select(change => change.Id));
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            span.Fail(fault);
            if (fault is not RetryLaterException and not OutcomeUnknownException)
            {
                Log.Failed(logger, fault, channel.Name, changes[^1].Happening.Wish.Id.Value);
            }

            await LeaveToJobAsync(channel.Name, changes, told, fault);
        }
    }

    /// <summary>One job for each subject: it is of the last change, and the others go with that.</summary>
    private async Task LeaveToJobAsync(string channel, IReadOnlyList<SavedChange> changes, List<long> told, Exception fault)
    {
        var last = changes[^1].Happening;
        var (id, left) = (last.Wish.Id.Value, last.LeftCommit?.Value);
        var at = fault switch
        {
            RetryLaterException later => later.At,
            OutcomeUnknownException => time.GetUtcNow() + OutcomeUnknownException.LookAfter,
            _ => time.GetUtcNow() + Moment,
        };
        var reason = fault is RetryLaterException { Reason: var known } ? known : fault.Message;
        try
        {
            using var transaction = JobTransaction.Begin();
            jobs.Create<TellJob>(job => job.RunAsync(channel, id, left, CancellationToken.None), new ScheduledState(at.UtcDateTime) { Reason = reason });
            await untold.HandOverAsync([changes[^1].Id], at, CancellationToken.None);
            transaction.Complete();
            told.AddRange(changes.SkipLast(1).Select(change => change.Id));
        }
        catch (Exception unsaved)
        {
            Log.NotLeft(logger, unsaved, channel, id);
        }
    }

    private async Task NoteAsync(List<long> told)
    {
        if (told.Count == 0)
        {
            return;
        }

        try
        {
            await untold.ToldAsync(told, CancellationToken.None);
        }
        catch (Exception unsaved)
        {
            Log.NotNoted(logger, unsaved, told.Count);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "The channel {Channel} could not be told of deployment {Deployment}; a job tries it again.")]
        public static partial void Failed(ILogger logger, Exception fault, string channel, long deployment);

        [LoggerMessage(LogLevel.Error, "What the channel {Channel} is to be told of deployment {Deployment} could not be left to a job; upkeep finds it.")]
        public static partial void NotLeft(ILogger logger, Exception fault, string channel, long deployment);

        [LoggerMessage(LogLevel.Warning, "It could not be noted that {Count} changes were told; upkeep tells them again.")]
        public static partial void NotNoted(ILogger logger, Exception fault, int count);
    }
}

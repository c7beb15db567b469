using Deliverybot.Data;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Installations;
using Deliverybot.Jobs.Gates;
using Hangfire;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Deliverybot.Jobs.Core;

/// <summary>
/// Has wishes looked at when their time comes. It knows the times that this process has written down and asks the database at those alone;
/// what a crash loses here, upkeep finds by the rows.
/// </summary>
internal sealed partial class LookClock(IServiceScopeFactory scopes, TimeProvider time, ILogger<LookClock> logger) : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    private readonly Lock _door = new();
    private readonly SortedSet<DateTimeOffset> _times = [];

    /// <summary>Something is to be looked at then.</summary>
    public void Note(DateTimeOffset at)
    {
        // Only where jobs run does somebody come for it.
        if (ExecuteTask is not null)
        {
            lock (_door)
            {
                _times.Add(at);
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Tick, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            var now = time.GetUtcNow();
            if (!HasCome(now))
            {
                continue;
            }

            try
            {
                await using var scope = scopes.CreateAsyncScope();
                await scope.ServiceProvider.GetRequiredService<DueLooks>().EnqueueAsync(now, stoppingToken);
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                Log.Failed(logger, fault);
            }
        }
    }

    private bool HasCome(DateTimeOffset now)
    {
        lock (_door)
        {
            return _times.RemoveWhere(at => at <= now) > 0;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "What waits for a time that has come could not be looked up; upkeep finds it.")]
        public static partial void Failed(ILogger logger, Exception fault);
    }
}

/// <summary>Wishes that wait for a time: where it has come, those of an environment are looked at together, by a job.</summary>
internal sealed class DueLooks(DeliverybotContext db, AllGates gates, IBackgroundJobClientV2 jobs)
{
    /// <summary>Those whose time has come. A row that names none, though its gate may wait for one, was written by an earlier release.</summary>
    public static IQueryable<Deployment> In(IQueryable<Deployment> rows, AllGates gates, DateTimeOffset by)
    {
        var timed = gates.WokenBy(Waking.Time);
        return rows.Where(wish => wish.State == DeploymentState.Waiting
            && (wish.LookAt <= by || (wish.LookAt == null && timed.Contains(wish.Gate))));
    }

    /// <param name="by">Whose time has come by then.</param>
    /// <param name="cancellationToken">Ends it between two environments.</param>
    public async Task EnqueueAsync(DateTimeOffset by, CancellationToken cancellationToken)
    {
        var environments = await In(db.Deployments, gates, by)
            .Where(wish => db.WorkingRepositories().Any(repository => repository.Id == wish.RepositoryId))
            .Select(wish => new { wish.RepositoryId, wish.EnvironmentKey })
            .Distinct()
            .ToListAsync(cancellationToken);
        foreach (var due in environments)
        {
            cancellationToken.ThrowIfCancellationRequested();
            jobs.Release(due.RepositoryId, due.EnvironmentKey);
        }
    }
}

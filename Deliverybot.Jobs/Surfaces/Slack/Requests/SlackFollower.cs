using Deliverybot.Data;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Slack;
using Deliverybot.Jobs.Surfaces.Slack.Commands;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Deliverybot.Jobs.Surfaces.Slack.Requests;

/// <summary>
/// Tells in Slack how deployments go on. It looks at the deployments' own rows, whoever has changed them, and needs nobody's token.
/// Several processes may follow: each change is told by the one that has the row.
/// </summary>
internal sealed partial class SlackFollower(IServiceScopeFactory scopes, TimeProvider time, ILogger<SlackFollower> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                await TellAsync(scope.ServiceProvider, stoppingToken);
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                Log.Failed(logger, fault);
            }
        }
    }

    private async Task TellAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var db = services.GetRequiredService<DeliverybotContext>();
        var earliest = time.GetUtcNow() - SlackRequests.AnswersTaken;
        var due = await Due(db, earliest).Select(pair => new { pair.Request.Id, pair.Request.ToldState, pair.Deployment.State }).ToListAsync(cancellationToken);
        foreach (var change in due)
        {
            // Who changes the row tells it.
            var mine = await db.SlackRequests
                .Where(row => row.Id == change.Id && row.ToldState == change.ToldState)
                .ExecuteUpdateAsync(row => row.SetProperty(told => told.ToldState, change.State), cancellationToken);
            if (mine == 1)
            {
                await TellAsync(services, change.Id, change.ToldState, cancellationToken);
            }
        }
    }

    /// <summary>What can't be told now is found again by the next look, and doesn't keep the others from being told.</summary>
    private async Task TellAsync(IServiceProvider services, long id, DeploymentState? toldBefore, CancellationToken cancellationToken)
    {
        try
        {
            await TellAsync(services, id, cancellationToken);
        }
        catch (Exception fault)
        {
            await services.GetRequiredService<DeliverybotContext>().SlackRequests
                .Where(row => row.Id == id)
                .ExecuteUpdateAsync(row => row.SetProperty(told => told.ToldState, toldBefore), CancellationToken.None);
            cancellationToken.ThrowIfCancellationRequested();
            Log.Failed(logger, fault);
        }
    }

    private static async Task TellAsync(IServiceProvider services, long id, CancellationToken cancellationToken)
    {
        var db = services.GetRequiredService<DeliverybotContext>();
        var request = await db.SlackRequests.AsNoTracking().SingleAsync(row => row.Id == id, cancellationToken);
        var deployment = await db.Deployments.AsNoTracking().SingleAsync(row => row.Id == request.DeploymentId, cancellationToken);
        var answer = await services.GetRequiredService<DeploymentAnswers>().OfAsync(deployment, cancellationToken);
        await services.GetRequiredService<SlackRequests>().AnswerAsync(request, answer, cancellationToken);
    }

    private static IQueryable<Followed> Due(DeliverybotContext db, DateTimeOffset earliest) =>
        from request in db.SlackRequests
        where request.ReceivedAt > earliest && request.Answers < SlackRequests.MostAnswers
        join deployment in db.Deployments on request.DeploymentId equals deployment.Id
        where request.ToldState != deployment.State && deployment.State != DeploymentState.Inactive
        select new Followed { Request = request, Deployment = deployment };

    private sealed class Followed
    {
        public required SlackRequest Request { get; init; }

        public required Deployment Deployment { get; init; }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "How deployments go on could not be told in Slack; it is tried again.")]
        public static partial void Failed(ILogger logger, Exception fault);
    }
}

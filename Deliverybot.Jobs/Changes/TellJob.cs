using Deliverybot.Data;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Engine;
using Hangfire;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Changes;

/// <summary>Tells a channel what it couldn't be told before: as it is when the job runs.</summary>
internal sealed class TellJob(DeliverybotContext db, IEnumerable<IChannel> channels, UntoldChanges untold)
{
    /// <param name="channel">Who is to be told.</param>
    /// <param name="leftCommit">The commit that it has left, where that is to be told of.</param>
    [WorkOf(1, WorkKey.Deployment)]
    [JobTitle("Tell the {0} of deployment {1}")]
    [RetryLater]
    [AutomaticRetry(Attempts = 5, DelaysInSeconds = [5, 30, 120, 600, 1800])]
    public async Task RunAsync(string channel, long id, string? leftCommit, CancellationToken cancellationToken)
    {
        var deployment = new DeploymentId(id);
        var left = leftCommit is null ? (CommitSha?)null : CommitSha.Parse(leftCommit);
        var due = await db.Changes
            .Where(row => row.DeploymentId == deployment && row.Channel == channel && row.LeftCommit == left && row.ToldAt == null)
            .Select(row => row.Id)
            .ToListAsync(cancellationToken);
        if (due is []
            || channels.FirstOrDefault(known => known.Name == channel) is not { } told
            || await db.Deployments.AsNoTracking().SingleOrDefaultAsync(row => row.Id == deployment, cancellationToken) is not { } wish)
        {
            return;
        }

        await told.TellAsync(new Happening(wish, left), cancellationToken);
        await untold.ToldAsync(due, CancellationToken.None);
    }
}

/// <summary>Tells what a process had saved that went before it told it, and what a job has tried in vain.</summary>
internal sealed class ChangeSweepJob(DeliverybotContext db, IEnumerable<IChannel> channels, UntoldChanges untold, Telling telling)
{
    private const int MostAtOnce = 50;

    /// <summary>The rest is found by the next run.</summary>
    private const int MostTimes = 20;

    [JobTitle("Changes that nobody was told of are told")]
    [AutomaticRetry(Attempts = 0)]
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var names = channels.Select(channel => channel.Name).ToList();
        for (var times = 0; times < MostTimes; times++)
        {
            var lost = await untold.TakeAsync(names, MostAtOnce, cancellationToken);
            var ids = lost.Select(change => change.Deployment).Distinct().ToList();
            var wishes = await db.Deployments.AsNoTracking().Where(row => ids.Contains(row.Id)).ToDictionaryAsync(row => row.Id, cancellationToken);
            await telling.TellAsync(
                [
                    .. lost.Where(change => wishes.ContainsKey(change.Deployment))
                        .Select(change => new SavedChange(change.Id, change.Channel, new Happening(wishes[change.Deployment], change.LeftCommit))),
                ],
                cancellationToken);
            if (lost.Count < MostAtOnce)
            {
                return;
            }
        }
    }
}

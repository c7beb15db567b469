using System.ComponentModel;
using Deliverybot.Data;
using Hangfire;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Changes;

/// <summary>Tells what a process had saved that went before it told it, and what a job has tried in vain.</summary>
internal sealed class ChangeSweepJob(DeliverybotContext db, IEnumerable<IChannel> channels, UntoldChanges untold, Telling telling)
{
    private const int MostAtOnce = 50;

    /// <summary>The rest is found by the next run.</summary>
    private const int MostTimes = 20;

    [DisplayName("Changes that nobody was told of are told")]
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

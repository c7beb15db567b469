using Deliverybot.Data;
using Deliverybot.Data.Changes;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Installations;
using Deliverybot.Jobs.Changes;
using Deliverybot.Jobs.Core;
using Deliverybot.Jobs.Engine;
using Hangfire;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Upkeep;

/// <summary>
/// Tells of deployments of which nothing is heard, for no event would: pull requests, where nobody has ever reported; these and open pages,
/// where one has become silent.
/// </summary>
internal sealed class UnheardJob(DeliverybotContext db, Outbox outbox, TimeProvider time)
{
    private const int MostAtOnce = 200;

    /// <summary>Of what became silent: two runs, should one of them be lost.</summary>
    private static readonly TimeSpan Lately = TimeSpan.FromMinutes(11);

    /// <summary>Then it has been told often enough.</summary>
    private static readonly TimeSpan Told = TimeSpan.FromHours(1);

    [JobTitle("Pull requests and open pages hear that nothing is heard of deployments")]
    [AutomaticRetry(Attempts = 0)]
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var (latest, earliest) = (now - Unheard.Patience, now - Told);
        var reported = Unheard.Reported(db.Deployments);
        var silent = await db.Deployments
            .Where(Unheard.RowsWithoutWord)
            .Where(wish => wish.PullRequest != null && wish.DeployedAt <= latest && wish.DeployedAt > earliest)
            .Where(wish => db.WorkingRepositories().Any(repository => repository.Id == wish.RepositoryId))
            .Where(wish => !reported.Any(row => row.RepositoryId == wish.RepositoryId))
            .OrderBy(wish => wish.Id)
            .Take(MostAtOnce)
            .ToListAsync(cancellationToken);
        foreach (var wish in silent)
        {
            outbox.Add(wish);
        }

        await db.SaveChangesAsync(cancellationToken);
        await TellOfSilentAsync(now, cancellationToken);
    }

    /// <summary>What became silent lately: time alone has made it so.</summary>
    private async Task TellOfSilentAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var silent = await db.Deployments
            .Where(DeploymentStates.UnfinishedRows)
            .Where(SilentDeployments.Rows(now))
            .Where(wish => wish.State != DeploymentState.Waiting && wish.State != DeploymentState.Creating)
            .Where(SilentDeployments.Rows(now - Lately, silent: false))
            .Where(wish => db.WorkingRepositories().Any(repository => repository.Id == wish.RepositoryId))
            .OrderBy(wish => wish.Id)
            .Take(MostAtOnce)
            .ToListAsync(cancellationToken);
        foreach (var wish in silent)
        {
            outbox.Add(wish);
            await db.Database.ExecuteSqlAsync(
                $"select pg_notify({ChangesChannel.Name}, {wish.RepositoryId.Value} || ':' || {wish.Id.Value})", cancellationToken);
        }

        await db.SaveChangesAsync(cancellationToken);
    }
}

using Deliverybot.Data;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Installations;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Core;
using Deliverybot.Jobs.Core.Branches;
using Deliverybot.Jobs.Core.Repositories;
using Deliverybot.Jobs.Engine;
using Deliverybot.Jobs.GitHub;
using Hangfire;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Upkeep;

/// <summary>
/// Has wishes looked at again that no event has woken: it may have been lost. The longer a wish has waited, the longer until
/// the next look, for a look may cost calls.
/// </summary>
internal sealed class SweepJob(DeliverybotContext db, IBackgroundJobClientV2 jobs, TimeProvider time)
{
    /// <summary>How long nobody has to have looked at a waiting wish.</summary>
    public static readonly TimeSpan Unseen = TimeSpan.FromMinutes(10);

    /// <summary>How long GitHub's answer may take.</summary>
    public static readonly TimeSpan Unanswered = TimeSpan.FromMinutes(1);

    /// <summary>Each environment's turn takes room in PostgreSQL's table of locks.</summary>
    private const int MostAtOnce = 1000;

    /// <summary>
    /// Taking a row and saying that it is looked at is one step, so that it is taken once, and in its environment's turn. Where somebody has
    /// that, nothing is written under their hands, and one look waits for its own. All repositories have their share of a sweep. An attempt
    /// without an answer is left as it is: whoever made it may still be about to write down what became of it.
    /// </summary>
    private const string Take =
        $$"""
        with active as (
          select repositories.id from repositories join installations on installations.id = installation_id
          where {{WorkingInstallations.Sql}}
        ), due as materialized (
          select id, repository_id, environment_key, updated_at from (
            select id, repository_id, environment_key, updated_at,
              row_number() over (partition by repository_id order by updated_at) as place
            from deployments
            where state = 'Waiting' and (access = 'App' or waits)
              and updated_at <= {0} and {1} - updated_at >= (updated_at - created_at) / 2
              and repository_id in (select id from active)
          ) each_of_its_own
          order by place, updated_at limit {2}
        ), free as materialized (
          select id from due where pg_try_advisory_xact_lock(hashtextextended(environment_key, repository_id))
        ), taken as (
          update deployments set updated_at = {1} from free
          where deployments.id = free.id and state = 'Waiting' and updated_at <= {0}
          returning deployments.id
        )
        select id as "Value" from taken
        union all
        (select distinct on (repository_id, environment_key) id from due
         where id not in (select id from free) order by repository_id, environment_key, updated_at)
        union all
        select id from deployments where state = 'Creating' and updated_at <= {3} and repository_id in (select id from active)
        """;

    [JobTitle("Waiting deployments are looked at again")]
    [AutomaticRetry(Attempts = 0)]
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var ids = await db.Database.SqlQueryRaw<long>(Take, now - Unseen, now, MostAtOnce, now - Unanswered).ToListAsync(cancellationToken);
        foreach (var id in ids)
        {
            jobs.Enqueue<LookAgainJob>(job => job.RunAsync(id, CancellationToken.None));
        }
    }
}

/// <summary>Looks at a wish that has not been looked at for long. The push that moved its branch on may be what was lost, so GitHub is asked for the head.</summary>
internal sealed class LookAgainJob(
    DeliverybotContext db, KnownRepositories repositories, GitHubClients github, RefHeads heads, WaitingWishes waiting)
{
    [WorkOf(0, WorkKey.Deployment)]
    [JobTitle("Deployment {0}, after a while")]
    [RetryLater]
    [AutomaticRetry(Attempts = 3, DelaysInSeconds = [30, 120, 600])]
    public async Task RunAsync(long id, CancellationToken cancellationToken)
    {
        var wish = await db.Deployments.SingleOrDefaultAsync(row => row.Id == new DeploymentId(id), cancellationToken);
        if (wish is not { State: DeploymentState.Waiting or DeploymentState.Creating }
            || await repositories.ConfirmAsync(wish.RepositoryId, cancellationToken) is not { } repository)
        {
            return;
        }

        var client = github.Installation(repository.InstallationId).Repository(repository.FullName);
        if (wish.IsAutomatic() && wish.Ref is { IsBranch: true } branch)
        {
            await heads.AskAsync(repository.Id, branch, client, cancellationToken);
        }

        await waiting.LookAgainAsync(wish, cancellationToken);
    }
}

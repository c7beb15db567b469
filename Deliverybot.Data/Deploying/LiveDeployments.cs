using Deliverybot.Data.Names;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Data.Deploying;

/// <summary>
/// What each environment runs, by our own history: GitHub marks earlier deployments as inactive by itself, but neither in production
/// nor in transient environments (<see href="https://docs.github.com/en/rest/deployments/statuses#inactive-deployments"/>).
/// </summary>
public static class LiveDeployments
{
    /// <summary>
    /// What says how a lasting environment stands: GitHub made it, whatever came of it. By the index of these one goes from each of a
    /// repository's environments to the next, past all previews there ever were.
    /// </summary>
    public static string StandingSql { get; } =
        $"not transient_environment and does_not_count is null and state in {DeploymentStates.Sql(DeploymentStates.Created)}";

    /// <summary>In each environment the last that succeeded, unless it was marked as inactive since: then nothing is live there.</summary>
    public static IQueryable<Deployment> Live(this DeliverybotContext db) =>
        db.Deployments.Where(row => row.State == DeploymentState.Success
            && !db.Deployments.Any(later => later.RepositoryId == row.RepositoryId
                && later.EnvironmentKey == row.EnvironmentKey
                // The first condition is all but said by the second: it lets the index of successes find what is later without reading the rest.
                && later.SucceededAt >= row.SucceededAt
                && (later.SucceededAt > row.SucceededAt || later.Id > row.Id)));

    /// <summary>
    /// In each environment of a repository the last that succeeded, whatever became of it since. Goes from one environment to the next
    /// by the index of successes, instead of through the whole history (<see href="https://wiki.postgresql.org/wiki/Loose_indexscan"/>).
    /// </summary>
    /// <remarks>In a query of our own EF Core calls the columns of a complex property by its names, whatever the mapping says.</remarks>
    public static IQueryable<Deployment> LastSuccesses(this DeliverybotContext db, RepositoryId repository) => db.Deployments.FromSql(
        $"""
        with recursive environment(key) as (
          (select environment_key from deployments
           where repository_id = {repository.Value} and succeeded_at is not null
           order by environment_key limit 1)
          union all
          select (select environment_key from deployments
                  where repository_id = {repository.Value} and succeeded_at is not null and environment_key > environment.key
                  order by environment_key limit 1)
          from environment where environment.key is not null
        )
        select placed.*, requested_by_id as "RequestedBy_Id", requested_by as "RequestedBy_Login" from environment cross join lateral (
          select *, xmin from deployments
          where repository_id = {repository.Value} and environment_key = environment.key and succeeded_at is not null
          order by succeeded_at desc, id desc limit 1
        ) placed
        """);

    /// <summary>What a repository's environments run: as <see cref="Live"/>, however long the history is.</summary>
    public static IQueryable<Deployment> LiveIn(this DeliverybotContext db, RepositoryId repository) =>
        db.LastSuccesses(repository).Where(row => row.State == DeploymentState.Success);

    /// <summary>Those whose environment was not taken down, for all that was told of them.</summary>
    public static IQueryable<Deployment> NotGone(this IQueryable<Deployment> rows) =>
        rows.Where(row => row.State != DeploymentState.Inactive && row.GoneAt == null);

    /// <summary>What waits for an environment of the repository or is on its way there, by an index of its own.</summary>
    public static IQueryable<Deployment> UnfinishedIn(this DeliverybotContext db, RepositoryId repository) => db.Deployments.Where(row =>
        row.RepositoryId == repository && row.DoesNotCount == null).Where(DeploymentStates.UnfinishedRows);

    /// <summary>Which of these are live. Asked apart from the rows themselves, each is found by its number.</summary>
    public static async Task<IReadOnlySet<DeploymentId>> LiveAmongAsync(
        this DeliverybotContext db, IReadOnlyCollection<DeploymentId> deployments, CancellationToken cancellationToken) =>
        (await db.Live().Where(row => deployments.Contains(row.Id)).Select(row => row.Id).ToListAsync(cancellationToken)).ToHashSet();
}

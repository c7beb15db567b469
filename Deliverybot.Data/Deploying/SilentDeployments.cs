using System.Linq.Expressions;

namespace Deliverybot.Data.Deploying;

/// <summary>
/// A deployment is silent that is under way, and of which nothing has been heard for so long that nobody counts on it any more. It may
/// still be told of, and then isn't silent: so that is no state of its own, but said once here, for C#, for EF Core and for SQL.
/// </summary>
public static class SilentDeployments
{
    /// <summary>Who hears nothing of a deployment for this long no longer waits for it.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);

    /// <summary>
    /// So long GitHub waits for an approval, and fails the job then
    /// (<see href="https://docs.github.com/en/actions/how-tos/deploy/configure-and-manage-deployments/review-deployments"/>).
    /// </summary>
    public static readonly TimeSpan PatienceForApproval = TimeSpan.FromDays(30);

    /// <summary>When something was heard of a row last, in SQL.</summary>
    public const string HeardAtSql = "coalesce(status_at, deployed_at, updated_at)";

    public static TimeSpan PatienceWith(bool awaitsApproval) => awaitsApproval ? PatienceForApproval : Patience;

    /// <summary>When something was heard of it last.</summary>
    public static DateTimeOffset HeardAt(this Deployment deployment) => deployment.StatusAt ?? deployment.DeployedAt ?? deployment.UpdatedAt;

    /// <summary>When one that is under way counts as silent, if nothing is heard of it until then.</summary>
    public static DateTimeOffset SilentFrom(this Deployment deployment) => deployment.HeardAt() + PatienceWith(deployment.AwaitsApproval);

    /// <summary>Nobody has told since then how it goes.</summary>
    public static bool HasBeenSilentSince(this Deployment deployment, DateTimeOffset then) => deployment.HeardAt() <= then;

    /// <summary>The same of rows.</summary>
    /// <param name="unapproved">Since when, of those that wait for approval.</param>
    public static IQueryable<Deployment> SilentSince(this IQueryable<Deployment> rows, DateTimeOffset then, DateTimeOffset unapproved) =>
        rows.Where(HeardUntil(then, unapproved));

    /// <returns>Since when nothing has been heard of it; null where it isn't silent.</returns>
    public static DateTimeOffset? SilentSince(this Deployment deployment, DateTimeOffset now) =>
        Since(deployment.State, deployment.AwaitsApproval, deployment.HeardAt(), now);

    /// <inheritdoc cref="SilentSince(Deployment, DateTimeOffset)"/>
    public static DateTimeOffset? Since(DeploymentState state, bool awaitsApproval, DateTimeOffset heardAt, DateTimeOffset now) =>
        state.IsActive() && heardAt <= now - PatienceWith(awaitsApproval) ? heardAt : null;

    /// <summary>It is silent, and GitHub has it, so that it can be told of there.</summary>
    public static bool MayBeMarkedFailed(this Deployment deployment, DateTimeOffset now) => deployment.GitHubId is not null && deployment.SilentSince(now) is not null;

    /// <summary>The same of rows that are under way.</summary>
    /// <param name="silent">Those that are, or the others.</param>
    public static Expression<Func<Deployment, bool>> Rows(DateTimeOffset now, bool silent = true)
    {
        var silentRows = HeardUntil(now - Patience, now - PatienceForApproval);
        return silent ? silentRows : Expression.Lambda<Func<Deployment, bool>>(Expression.Not(silentRows.Body), silentRows.Parameters);
    }

    private static Expression<Func<Deployment, bool>> HeardUntil(DateTimeOffset then, DateTimeOffset unapproved) =>
        row => (row.StatusAt ?? row.DeployedAt ?? row.UpdatedAt) <= (row.AwaitsApproval ? unapproved : then);
}

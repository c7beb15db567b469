namespace Deliverybot.Data.Deploying;

/// <summary>When something was heard last of what is at GitHub. It is said once, for C#, for EF Core and for SQL.</summary>
public static class LastNews
{
    public const string Sql = "coalesce(status_at, deployed_at, updated_at)";

    /// <summary>Nobody has told since then how it goes.</summary>
    public static bool HasBeenSilentSince(this Deployment sent, DateTimeOffset then) => (sent.StatusAt ?? sent.DeployedAt ?? sent.UpdatedAt) <= then;

    /// <summary>The same of rows.</summary>
    /// <param name="unapproved">Since when, of those that wait for approval.</param>
    public static IQueryable<Deployment> SilentSince(this IQueryable<Deployment> rows, DateTimeOffset then, DateTimeOffset unapproved) =>
        rows.Where(row => (row.StatusAt ?? row.DeployedAt ?? row.UpdatedAt) <= (row.AwaitsApproval ? unapproved : then));
}

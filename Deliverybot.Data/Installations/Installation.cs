using Deliverybot.Data.Names;

namespace Deliverybot.Data.Installations;

/// <summary>The App on one organisation's or user's account.</summary>
public sealed class Installation
{
    public required InstallationId Id { get; init; }

    /// <summary>GitHub's number of the account; null where an earlier release wrote the row.</summary>
    public GitHubUserId? AccountId { get; init; }

    public required GitHubLogin Account { get; set; }

    /// <summary>While it is set, nothing is done for the account.</summary>
    public DateTimeOffset? SuspendedAt { get; set; }

    public bool IsSuspended => SuspendedAt is not null;

    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>For which installations something may be done, said once: for EF Core, for SQL and by <see cref="Installation.IsSuspended"/>.</summary>
public static class WorkingInstallations
{
    public const string Sql = "installations.suspended_at is null";

    public static IQueryable<Installation> Working(this IQueryable<Installation> rows) => rows.Where(installation => installation.SuspendedAt == null);

    public static IQueryable<Installation> Suspended(this IQueryable<Installation> rows) => rows.Where(installation => installation.SuspendedAt != null);

    /// <summary>Those of suspended installations are left alone.</summary>
    public static IQueryable<Repository> WorkingRepositories(this DeliverybotContext db) =>
        db.Repositories.Where(repository => db.Installations.Working().Any(installation => installation.Id == repository.InstallationId));
}

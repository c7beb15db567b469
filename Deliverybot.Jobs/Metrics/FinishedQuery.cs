using Deliverybot.Data;
using Deliverybot.Data.Names;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using NpgsqlTypes;

namespace Deliverybot.Jobs.Metrics;

/// <summary>Reads what ended within a span of time, and before it as much as tells since when an environment was broken.</summary>
internal sealed class FinishedQuery(DeliverybotContext db)
{
    private const string Sql =
        $"""
        with ended as (
          {Columns}, succeeded_at as at from deployments
          where repository_id = $1 and succeeded_at >= $2 and succeeded_at < $3
            and ($4 or not transient_environment) and ($5::text is null or environment_key = $5)
          union all
          {Firsts}
          where repository_id = $1 and succeeded_at >= $2 and first_succeeded_at >= $2 and first_succeeded_at < $3
            and ($4 or not transient_environment) and ($5::text is null or environment_key = $5)
          union all
          {Columns}, ended_at from deployments
          where repository_id = $1 and succeeded_at is null and state in ('Failure', 'Error') and not awaits_approval and does_not_count is null
            and ended_at >= $2 and ended_at < $3
            and ($4 or not transient_environment) and ($5::text is null or environment_key = $5)
        ),
        held as (
          select last.* from (select distinct environment_key from ended) place
          cross join lateral (
            select * from (
              (
                {Columns}, succeeded_at as at from deployments
                where repository_id = $1 and environment_key = place.environment_key and succeeded_at < $2
                order by succeeded_at desc, id desc limit 1
              )
              union all
              (
                {Firsts}
                where repository_id = $1 and environment_key = place.environment_key and succeeded_at >= $2 and first_succeeded_at < $2
                order by first_succeeded_at desc, id desc limit 1
              )
            ) before
            order by at desc, id desc limit 1
          ) last
        ),
        broken as (
          select failed.* from (select distinct environment_key from ended) place
          left join held on held.environment_key = place.environment_key
          cross join lateral (
            {Columns}, ended_at as at from deployments
            where repository_id = $1 and environment_key = place.environment_key and succeeded_at is null
              and state in ('Failure', 'Error') and not awaits_approval and does_not_count is null and ended_at < $2 and (held.at is null or ended_at > held.at)
            order by ended_at limit 1
          ) failed
        )
        select row.id, row.environment, row.at, row.state in ('Failure', 'Error'), row.act = 'Rollback',
          row.at >= $2 and row.succeeded_at is not null and not exists (
            select from deployments earlier
            where earlier.repository_id = $1 and earlier.sha = row.sha and earlier.environment_key = row.environment_key
              and (coalesce(earlier.first_succeeded_at, earlier.succeeded_at), earlier.id) < (row.at, row.id)),
          coalesce(row.committed_at, (select min(committed_at) from deployments same where same.repository_id = $1 and same.sha = row.sha)),
          row.force
        from (select * from ended union all select * from held union all select * from broken) row
        """;

    /// <summary>What was done again succeeded twice, and the first time it did.</summary>
    private const string Firsts =
        "select id, environment, environment_key, sha, 'Success', act, force, succeeded_at, committed_at, first_succeeded_at as at from deployments";

    private const string Columns = "select id, environment, environment_key, sha, state, act, force, succeeded_at, committed_at";

    /// <param name="window">What is asked about.</param>
    /// <param name="environment">Only there; null for everywhere.</param>
    /// <param name="withPreviews">Whether transient environments count.</param>
    public async Task<IReadOnlyList<Finished>> ReadAsync(
        RepositoryId repository, MetricsWindow window, EnvironmentName? environment, bool withPreviews, CancellationToken cancellationToken)
    {
        await db.Database.OpenConnectionAsync(cancellationToken);
        try
        {
            return await ReadOpenAsync(repository, window, environment, withPreviews, cancellationToken);
        }
        finally
        {
            // A context that goes back to its pool must have let go of its connection.
            await db.Database.CloseConnectionAsync();
        }
    }

    private async Task<IReadOnlyList<Finished>> ReadOpenAsync(
        RepositoryId repository, MetricsWindow window, EnvironmentName? environment, bool withPreviews, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Sql, (NpgsqlConnection)db.Database.GetDbConnection());
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = repository.Value });
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = window.From.UtcDateTime });
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = window.To.UtcDateTime });
        command.Parameters.Add(new NpgsqlParameter<bool> { TypedValue = withPreviews });
        command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Text, Value = (object?)environment?.Key ?? DBNull.Value });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<Finished>();
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(new Finished(
                new DeploymentId(reader.GetInt64(0)),
                new EnvironmentName(reader.GetString(1)),
                reader.GetFieldValue<DateTimeOffset>(2),
                HasFailed: reader.GetBoolean(3),
                IsRollback: reader.GetBoolean(4),
                IsFirst: reader.GetBoolean(5),
                reader.IsDBNull(6) ? null : reader.GetFieldValue<DateTimeOffset>(6),
                IsForced: reader.GetBoolean(7)));
        }

        return rows;
    }
}

/// <summary>A deployment that has ended at GitHub, well or badly. One that succeeded more than once is there for its first and its last time.</summary>
/// <param name="Id">Which.</param>
/// <param name="Environment">Where.</param>
/// <param name="At">When it succeeded; where it never did, when it failed.</param>
/// <param name="HasFailed">It failed, at once or after all.</param>
/// <param name="IsRollback">It went back to what had been there before: that brings no change.</param>
/// <param name="IsFirst">The commit had not succeeded in this environment before.</param>
/// <param name="IsForced">Somebody forced it.</param>
/// <param name="CommittedAt">When the commit was made; null where nobody told.</param>
internal sealed record Finished(
    DeploymentId Id,
    EnvironmentName Environment,
    DateTimeOffset At,
    bool HasFailed,
    bool IsRollback,
    bool IsFirst,
    DateTimeOffset? CommittedAt,
    bool IsForced = false);

internal static class MetricsRegistration
{
    public static IServiceCollection AddMetricsQueries(this IServiceCollection services) => services.AddScoped<FinishedQuery>();
}

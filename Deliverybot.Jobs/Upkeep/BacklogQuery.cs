using Deliverybot.Data.Deploying;
using Deliverybot.Data.Installations;
using Deliverybot.Jobs.Engine;
using Npgsql;

namespace Deliverybot.Jobs.Upkeep;

/// <summary>What is still to be done, as the database has it. Each count ends at <see cref="Most"/>.</summary>
/// <param name="OldestUndispatched">When the oldest webhook came that nobody has begun; null where there is none.</param>
/// <param name="Deployments">Those that haven't ended, by state.</param>
/// <param name="FailedJobs">Those that wait for somebody to look at them.</param>
/// <param name="Channels">Those that have something to tell yet; for each how much, and since when.</param>
internal sealed record Backlog(
    DateTimeOffset? OldestUndispatched,
    IReadOnlyDictionary<DeploymentState, long> Deployments,
    long FailedJobs,
    IReadOnlyDictionary<string, (long Count, DateTimeOffset Since)> Channels)
{
    public const int Most = 10_000;
}

/// <summary>
/// One statement of five looks, each into an index that holds nothing but what is still to be done: it takes as long with ten million
/// deployments as with ten.
/// </summary>
internal sealed class BacklogQuery(NpgsqlDataSource database)
{
    /// <summary>In seconds.</summary>
    private const int Patience = 5;

    public static readonly string Sql =
        $"""
        select 'undispatched', null, 0, (select received_at from webhook_deliveries where dispatched_at is null order by id limit 1)
        union all
        select 'deployments', state, count(*), null from (select state from deployments where state = '{DeploymentState.Waiting}' limit $1) as waiting group by state
        union all
        select 'deployments', state, count(*), null
        from (select state from deployments where state in {DeploymentStates.Sql(DeploymentStates.Active)} limit $1) as active group by state
        union all
        select 'jobs', null, count(*), null from ({HangfireTables.Failed} limit $1) as failed
        union all
        select 'channels', channel, count(*), min(at)
        from (
          select channel, at from changes
          join deployments on deployments.id = deployment_id
          join repositories on repositories.id = repository_id
          join installations on installations.id = installation_id
          where told_at is null and {WorkingInstallations.Sql} limit $1
        ) as untold group by channel
        """;

    public async Task<Backlog> ReadAsync(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(Sql);
        command.CommandTimeout = Patience;
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = Backlog.Most });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        DateTimeOffset? oldest = null;
        var deployments = DeploymentStates.Unfinished.ToDictionary(state => state, _ => 0L);
        var failed = 0L;
        var channels = new Dictionary<string, (long, DateTimeOffset)>(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancellationToken))
        {
            switch (reader.GetString(0))
            {
                case "undispatched":
                    oldest = reader.IsDBNull(3) ? null : reader.GetFieldValue<DateTimeOffset>(3);
                    break;
                case "deployments":
                    deployments[Enum.Parse<DeploymentState>(reader.GetString(1))] = reader.GetInt64(2);
                    break;
                case "jobs":
                    failed = reader.GetInt64(2);
                    break;
                case "channels":
                    channels[reader.GetString(1)] = (reader.GetInt64(2), reader.GetFieldValue<DateTimeOffset>(3));
                    break;
            }
        }

        return new Backlog(oldest, deployments, failed, channels);
    }
}

using Deliverybot.Data.Names;
using Hangfire.Common;
using Npgsql;

namespace Deliverybot.Jobs.Engine;

/// <summary>What a job is about.</summary>
/// <param name="Environment">Where it is about one deployment.</param>
/// <param name="Sha">Its commit.</param>
internal sealed record JobSubject(RepositoryName Repository, DeploymentId? Deployment, string? Environment, CommitSha? Sha);

/// <summary>A webhook that a job processes.</summary>
/// <param name="Guid">GitHub's number of it, by which the App's page at GitHub shows it too.</param>
internal sealed record JobDelivery(string Guid, string Event, DateTimeOffset ReceivedAt, DateTimeOffset? ProcessedAt);

/// <summary>Finds what jobs are about, from their arguments: see <see cref="WorkOfAttribute"/>. Each asks the database by a key.</summary>
internal sealed class JobSubjects(DatabasePools pools)
{
    private const int MostDeliveries = 50;

    /// <returns>Null: it isn't about one repository, or that isn't known any more.</returns>
    public JobSubject? Of(Job job) => (WorkOfAttribute.On(job), DeploymentOf(job)) switch
    {
        (_, { } deployment) => OfDeployment(deployment),
        ({ Key: WorkKey.Repository } work, _) when work.In(job) is long repository => OfRepository(repository),
        ({ Key: WorkKey.Account } work, _) when work.In(job) is string name && RepositoryName.TryParse(name, out var repository) =>
            new JobSubject(repository, Deployment: null, Environment: null, Sha: null),
        _ => null,
    };

    /// <returns>The webhooks that it processes, at most fifty, in the order of their arrival; those that were purged are gone.</returns>
    public IReadOnlyList<JobDelivery> DeliveriesOf(Job job)
    {
        if (WorkOfAttribute.On(job) is not { Deliveries: >= 0 and var place } || job.Args[place] is not long[] ids)
        {
            return [];
        }

        using var command = pools.Current.CreateCommand(
            "select guid, event, received_at, processed_at from webhook_deliveries where id = any ($1) order by id limit $2");
        command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = ids });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = MostDeliveries });
        using var rows = command.ExecuteReader();
        var found = new List<JobDelivery>();
        while (rows.Read())
        {
            found.Add(new JobDelivery(
                rows.GetGuid(0).ToString(),
                rows.GetString(1),
                rows.GetFieldValue<DateTimeOffset>(2),
                rows.IsDBNull(3) ? null : rows.GetFieldValue<DateTimeOffset>(3)));
        }

        return found;
    }

    /// <returns>Null: there is no such deployment.</returns>
    public async Task<JobSubject?> OfDeploymentAsync(DeploymentId id, CancellationToken cancellationToken)
    {
        await using var command = AskDeployment(id.Value);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        return await rows.ReadAsync(cancellationToken) ? DeploymentIn(rows, id.Value) : null;
    }

    private static long? DeploymentOf(Job job) => WorkOfAttribute.On(job) switch
    {
        { Key: WorkKey.Deployment } work => work.In(job) as long?,
        { Deployment: >= 0 and var place } => job.Args[place] as long?,
        _ => null,
    };

    private JobSubject? OfDeployment(long id)
    {
        using var command = AskDeployment(id);
        using var rows = command.ExecuteReader();
        return rows.Read() ? DeploymentIn(rows, id) : null;
    }

    private NpgsqlCommand AskDeployment(long id)
    {
        var command = pools.Current.CreateCommand(
            "select r.owner, r.name, d.environment, d.sha from deployments d join repositories r on r.id = d.repository_id where d.id = $1");
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = id });
        return command;
    }

    private static JobSubject DeploymentIn(NpgsqlDataReader row, long id) =>
        new(RepositoryName.Parse($"{row.GetString(0)}/{row.GetString(1)}"), new DeploymentId(id), row.GetString(2), CommitSha.Parse(row.GetString(3)));

    private JobSubject? OfRepository(long id)
    {
        using var command = pools.Current.CreateCommand("select owner, name from repositories where id = $1");
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = id });
        using var rows = command.ExecuteReader();
        return rows.Read() ? new JobSubject(RepositoryName.Parse($"{rows.GetString(0)}/{rows.GetString(1)}"), Deployment: null, Environment: null, Sha: null) : null;
    }
}

using Deliverybot.Data.Installations;
using Deliverybot.Data.Names;
using Npgsql;

namespace Deliverybot.Jobs.Changes;

/// <summary>The rows of the outbox that nobody has told yet, and who vouches for them.</summary>
internal sealed class UntoldChanges(NpgsqlDataSource database, TimeProvider time)
{
    /// <summary>So long whoever has saved one vouches for it: longer than a delivery takes. Should it take longer, it is told twice, which does no harm.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    /// <summary>So long after its time a job tries; then upkeep begins anew.</summary>
    private static readonly TimeSpan LeaseOfJob = TimeSpan.FromDays(1);

    private const string Told = "update changes set told_at = $2 where id = any ($1)";

    private const string Vouch = "update changes set leased_until = $2 where id = any ($1)";

    /// <summary>Those of suspended installations wait: GitHub doesn't let us tell anybody there.</summary>
    private const string Take =
        $"""
        with lost as (
          select changes.id from changes
          join deployments on deployments.id = deployment_id
          join repositories on repositories.id = repository_id
          join installations on installations.id = installation_id
          where told_at is null and leased_until < $1 and channel = any ($2) and {WorkingInstallations.Sql}
          order by changes.id limit $3
          for update of changes skip locked
        )
        update changes set leased_until = $4 from lost where changes.id = lost.id
        returning changes.id, deployment_id, channel, left_commit
        """;

    public Task ToldAsync(IReadOnlyCollection<long> ids, CancellationToken cancellationToken) => SetAsync(Told, ids, time.GetUtcNow(), cancellationToken);

    /// <summary>A job that begins then vouches for them from now on: within the transaction that makes it.</summary>
    public Task HandOverAsync(IReadOnlyCollection<long> ids, DateTimeOffset at, CancellationToken cancellationToken) =>
        SetAsync(Vouch, ids, at + LeaseOfJob, cancellationToken);

    /// <summary>Takes those for which nobody vouches any more, the oldest first.</summary>
    public async Task<IReadOnlyList<UntoldChange>> TakeAsync(IReadOnlyCollection<string> channels, int most, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var command = database.CreateCommand(Take);
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = now.UtcDateTime });
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. channels] });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = most });
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = (now + Lease).UtcDateTime });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var taken = new List<UntoldChange>();
        while (await reader.ReadAsync(cancellationToken))
        {
            taken.Add(new UntoldChange(
                reader.GetInt64(0),
                new DeploymentId(reader.GetInt64(1)),
                reader.GetString(2),
                reader.IsDBNull(3) ? null : CommitSha.Parse(reader.GetString(3))));
        }

        return [.. taken.OrderBy(change => change.Id)];
    }

    private async Task SetAsync(string sql, IReadOnlyCollection<long> ids, DateTimeOffset at, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(sql);
        command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = [.. ids] });
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = at.UtcDateTime });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}

/// <summary>A row that nobody vouched for.</summary>
internal sealed record UntoldChange(long Id, DeploymentId Deployment, string Channel, CommitSha? LeftCommit);

using Deliverybot.Data.Names;
using Deliverybot.Jobs.Engine;
using Npgsql;

namespace Deliverybot.Jobs.Events.Deliveries;

/// <summary>
/// Tells an event that can't matter from the rest: at most one indexed look-up, no row, no job.
/// A wish is committed as waiting before it is first tried, so an event that could open its gate always finds it.
/// </summary>
public sealed class DeliveryRelevance(DatabasePools pools)
{
    private const string Waits =
        "select exists (select from deployments where repository_id = $1 and sha = $2 and state in ('Waiting', 'Creating'))";

    public async ValueTask<bool> MattersAsync(DeliveryEnvelope envelope, CancellationToken cancellationToken)
    {
        if (envelope.LeadsToNothing)
        {
            return false;
        }

        if (envelope is not { Check: { } check, Repository: { } repository })
        {
            return true;
        }

        return check.Ended && await IsAwaitedAsync(repository, check.Sha, cancellationToken);
    }

    private async Task<bool> IsAwaitedAsync(RepositoryId repository, CommitSha sha, CancellationToken cancellationToken)
    {
        await using var command = pools.Receiving.CreateCommand(Waits);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = repository.Value });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = sha.Value });
        try
        {
            return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
        }
        catch (NpgsqlException outage) when (outage.IsTransient)
        {
            // It may matter; whoever stores it waits until the database is back, or tells GitHub.
            return true;
        }
    }
}

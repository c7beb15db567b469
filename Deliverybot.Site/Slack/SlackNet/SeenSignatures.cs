using Deliverybot.Jobs.Engine;
using Npgsql;

namespace Deliverybot.Site.Slack.SlackNet;

/// <summary>Each signature counts once, whichever process it reaches. They are deleted after an hour.</summary>
internal sealed class SeenSignatures(DatabasePools pools, TimeProvider time)
{
    /// <summary>Slack waits for three seconds in all.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <returns>Null if the database doesn't say so in time: then the request isn't taken.</returns>
    public async Task<bool?> IsNewAsync(byte[] signature, CancellationToken cancellationToken)
    {
        try
        {
            return await AddAsync(signature, cancellationToken).WaitAsync(Patience, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            return null;
        }
    }

    private async Task<bool> AddAsync(byte[] signature, CancellationToken cancellationToken)
    {
        await using var command = pools.Receiving.CreateCommand("insert into slack_signatures (signature, seen_at) values ($1, $2) on conflict do nothing");
        command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = signature });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = time.GetUtcNow() });
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }
}

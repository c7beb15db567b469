using Npgsql;

namespace Deliverybot.Jobs.Engine;

/// <summary>What is known of all workers there are, by the sign of life that each process gives every half a minute.</summary>
/// <param name="Processes">That have given one lately.</param>
/// <param name="Workers">Of those.</param>
/// <param name="HeardOf">When the last sign was given by any; null: there was never one.</param>
internal sealed record LivingWorkers(int Processes, int Workers, DateTimeOffset? HeardOf)
{
    /// <summary>Not by Hangfire, which would make its tables where there are none.</summary>
    public static async Task<LivingWorkers> ReadAsync(DatabasePools pools, CancellationToken cancellationToken)
    {
        try
        {
            await using var command = pools.Receiving.CreateCommand(HangfireTables.SignsOfLife);
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            await reader.ReadAsync(cancellationToken);
            return new LivingWorkers(reader.GetInt32(0), reader.GetInt32(1), await reader.IsDBNullAsync(2, cancellationToken) ? null : await reader.GetFieldValueAsync<DateTimeOffset>(2, cancellationToken));
        }
        catch (PostgresException missing) when (missing.SqlState == PostgresErrorCodes.UndefinedTable)
        {
            return new LivingWorkers(0, 0, null);
        }
    }
}

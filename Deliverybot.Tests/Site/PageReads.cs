using Deliverybot.Jobs.Engine;
using Deliverybot.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Xunit;

namespace Deliverybot.Tests.Site;

/// <summary>What PostgreSQL had to read of a table, by its own counters.</summary>
internal sealed record PageReads(string Table, long WithoutIndex, long ByIndex)
{
    // A backend writes its counters down when it ends, and otherwise when it pleases.
    private const string UntilEnded =
        """
        do $$ begin
          while exists (
            select from pg_stat_activity
            where datname = current_database() and pid <> pg_backend_pid() and query not ilike 'listen%')
          loop perform pg_sleep(0.01), pg_stat_clear_snapshot(); end loop;
        end $$
        """;

    private const string Counters =
        "select relname::text, coalesce(seq_tup_read, 0), coalesce(idx_tup_fetch, 0) from pg_stat_user_tables where schemaname = 'public'";

    /// <summary>What has been read since the database began.</summary>
    public static async Task<IReadOnlyList<PageReads>> CountAsync(House house)
    {
        var stop = TestContext.Current.CancellationToken;
        await using var connection = new NpgsqlConnection(house.Database.ConnectionString + ";Pooling=false");
        await connection.OpenAsync(stop);
        house.Services.GetRequiredService<DatabasePools>().Clear();
        house.Database.Source.Clear();
        await using (var end = new NpgsqlCommand(UntilEnded, connection))
        {
            await end.ExecuteNonQueryAsync(stop);
        }

        await using var read = new NpgsqlCommand(Counters, connection);
        await using var rows = await read.ExecuteReaderAsync(stop);
        var counted = new List<PageReads>();
        while (await rows.ReadAsync(stop))
        {
            counted.Add(new PageReads(rows.GetString(0), rows.GetInt64(1), rows.GetInt64(2)));
        }

        return counted;
    }

    public PageReads Since(IReadOnlyList<PageReads> before) =>
        before.SingleOrDefault(each => each.Table == Table) is { } then
            ? this with { WithoutIndex = WithoutIndex - then.WithoutIndex, ByIndex = ByIndex - then.ByIndex }
            : this;
}

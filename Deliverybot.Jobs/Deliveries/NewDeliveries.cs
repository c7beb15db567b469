using Npgsql;

namespace Deliverybot.Jobs.Deliveries;

/// <summary>The deliveries that no job has been made of.</summary>
internal sealed class NewDeliveries(NpgsqlDataSource dataSource, TimeProvider time)
{
    private const int MostAtOnce = 1000;
    private const int MostInAJob = 20;

    /// <summary>
    /// While a job works on a repository, what arrives for it gathers and goes into the next job: fewer jobs, in order.
    /// After this time the earlier job is no longer waited for (it may have failed, or wait for GitHub's rate limit).
    /// </summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Of several processes one dispatches at a time; the others find the rest at their next sweep.</summary>
    private const string OneAtATime = "select pg_try_advisory_xact_lock(hashtextextended('deliverybot dispatch', 0))";

    private const string Take =
        """
        with busy as (
          select distinct repository_id from webhook_deliveries
          where dispatched_at > $1 and processed_at is null and repository_id is not null
        ), waiting as (
          select id, row_number() over (partition by repository_id, case when repository_id is null then id end order by id) as place
          from webhook_deliveries
          where dispatched_at is null and (repository_id is null or repository_id not in (select repository_id from busy))
        ), taken as (
          select id from waiting where place <= $4 order by id limit $2
        ), marked as (
          update webhook_deliveries set dispatched_at = $3 from taken where webhook_deliveries.id = taken.id
          returning webhook_deliveries.id, webhook_deliveries.event, webhook_deliveries.repository_id, webhook_deliveries.installation_id
        )
        select marked.id, event, marked.repository_id, marked.installation_id, owner || '/' || name
        from marked left join repositories on repositories.id = marked.repository_id
        """;

    /// <summary>Marks what is new as dispatched, within the ambient transaction, and answers it in batches of one source each.</summary>
    public async Task<IReadOnlyList<DeliveryBatch>> TakeAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var turn = new NpgsqlCommand(OneAtATime, connection);
        if (!(bool)(await turn.ExecuteScalarAsync(cancellationToken))!)
        {
            return [];
        }

        await using var command = new NpgsqlCommand(Take, connection);
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = (now - Patience).UtcDateTime });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = MostAtOnce });
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = now.UtcDateTime });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = MostInAJob });

        var rows = new List<Row>();
        await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                rows.Add(new Row(
                    reader.GetInt64(0),
                    reader.GetString(1),
                    reader.IsDBNull(2) ? null : reader.GetInt64(2),
                    reader.IsDBNull(3) ? null : reader.GetInt64(3),
                    reader.IsDBNull(4) ? null : reader.GetString(4)));
            }
        }

        return
        [
            .. rows
                .OrderBy(row => row.Id)
                .GroupBy(row => (row.Repository, Installation: row.Repository is null ? row.Installation : null))
                .SelectMany(source => source.Chunk(MostInAJob))
                .Select(chunk => new DeliveryBatch(SourceOf(chunk[0]), [.. chunk.Select(row => row.Id)], EventsOf(chunk))),
        ];
    }

    private static string SourceOf(Row row) => row switch
    {
        { FullName: { } name } => name,
        { Repository: { } repository } => $"repository {repository}",
        { Installation: { } installation } => $"installation {installation}",
        _ => "the App",
    };

    private static string EventsOf(Row[] rows) =>
        string.Join(", ", rows.CountBy(row => row.Event).Select(count => count.Value == 1 ? count.Key : $"{count.Value} × {count.Key}"))
        + (rows.Length == 1 ? $", delivery {rows[0].Id}" : $", deliveries {rows[0].Id}–{rows[^1].Id}");

    private sealed record Row(long Id, string Event, long? Repository, long? Installation, string? FullName);
}

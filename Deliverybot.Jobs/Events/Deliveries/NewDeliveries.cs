using Deliverybot.Jobs.Engine;
using Npgsql;

namespace Deliverybot.Jobs.Events.Deliveries;

/// <summary>The deliveries that nobody has begun, or whose process has gone.</summary>
internal sealed class NewDeliveries(NpgsqlDataSource dataSource, TimeProvider time)
{
    private const int MostAtOnce = 1000;
    private const int MostInAJob = 20;

    /// <summary>
    /// While a job works on a repository, what arrives for it gathers and goes into the next job: fewer jobs, in order.
    /// After this time the earlier job is no longer waited for (it may have failed, or wait for GitHub's rate limit).
    /// </summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>
    /// So long a process vouches for what it has begun; while it works on that, it says so anew each <see cref="LeaseRenewal"/>. That goes by
    /// the database's clock: those of two processes may differ by more.
    /// </summary>
    private const string Lease = "now() + interval '20 seconds'";

    /// <inheritdoc cref="Lease"/>
    public static readonly TimeSpan Vouched = TimeSpan.FromSeconds(20);

    public static readonly TimeSpan LeaseRenewal = TimeSpan.FromSeconds(5);

    /// <summary>Of several processes one dispatches at a time; the others find the rest at their next sweep.</summary>
    private const string OneAtATime = "select pg_try_advisory_xact_lock(hashtextextended('deliverybot dispatch', 0))";

    private const string Renew = $"update webhook_deliveries set leased_until = {Lease} where id = any ($1) and leased_until is not null";

    /// <summary>What another process has begun meanwhile, because the lease had ended, is that one's.</summary>
    private const string Still = "id = any ($1) and leased_until is not null and dispatched_at = any ($2)";

    private const string GiveBack = $"update webhook_deliveries set dispatched_at = null, leased_until = null where {Still}";

    private const string HandOver = $"update webhook_deliveries set leased_until = null where {Still} returning id";

    /// <summary>Whoever has locked them is just handing them over.</summary>
    private const string TakeBack =
        """
        update webhook_deliveries set dispatched_at = null, leased_until = null
        where id in (select id from webhook_deliveries where leased_until < now() and processed_at is null for update skip locked)
        """;

    private const string Take =
        $"""
        with busy as (
          select repository_id from webhook_deliveries
          where dispatched_at > $1 and processed_at is null and repository_id is not null
          union
          select repository_id from webhook_deliveries
          where leased_until > now() and processed_at is null and repository_id is not null
        ), waiting as (
          select id, row_number() over (partition by repository_id, case when repository_id is null then id end order by id) as place
          from webhook_deliveries
          where dispatched_at is null and (repository_id is null or repository_id not in (select repository_id from busy))
        ), taken as (
          select id from waiting where place <= $4 and (select pg_try_advisory_xact_lock(hashtextextended('deliverybot dispatch', 0))) order by id limit $2
        ), marked as (
          update webhook_deliveries set dispatched_at = $3, leased_until = {Lease} from taken
          where webhook_deliveries.id = taken.id and webhook_deliveries.dispatched_at is null
          returning webhook_deliveries.id, webhook_deliveries.event, webhook_deliveries.repository_id, webhook_deliveries.installation_id
        )
        select marked.id, event, marked.repository_id, marked.installation_id, owner || '/' || name, account
        from marked
        left join repositories on repositories.id = marked.repository_id
        left join installations on installations.id = marked.installation_id
        """;

    /// <summary>
    /// Marks what is new as begun, within the ambient transaction if there is one, and answers it in batches of one source each. This process
    /// vouches for them until it has handed them over.
    /// </summary>
    public async Task<IReadOnlyList<DeliveryBatch>> TakeAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);

        // One round trip and one transaction; the second statement sees what was committed before the first one got the lock.
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new(OneAtATime),
                new(Take)
                {
                    Parameters =
                    {
                        new NpgsqlParameter<DateTime> { TypedValue = (now - Patience).UtcDateTime },
                        new NpgsqlParameter<int> { TypedValue = MostAtOnce },
                        new NpgsqlParameter<DateTime> { TypedValue = now.UtcDateTime },
                        new NpgsqlParameter<int> { TypedValue = MostInAJob },
                    },
                },
            },
        };

        var rows = new List<Row>();
        await using (var reader = await batch.ExecuteReaderAsync(cancellationToken))
        {
            await reader.NextResultAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                rows.Add(new Row(
                    reader.GetInt64(0),
                    reader.GetString(1),
                    reader.IsDBNull(2) ? null : reader.GetInt64(2),
                    reader.IsDBNull(3) ? null : reader.GetInt64(3),
                    reader.IsDBNull(4) ? null : reader.GetString(4),
                    reader.IsDBNull(5) ? null : reader.GetString(5)));
            }
        }

        return
        [
            .. rows
                .OrderBy(row => row.Id)
                .GroupBy(row => (row.Repository, Installation: row.Repository is null ? row.Installation : null))
                .SelectMany(source => source.Chunk(MostInAJob))
                .Select(chunk => new DeliveryBatch(SourceOf(chunk[0]), [.. chunk.Select(row => row.Id)], EventsOf(chunk), now)),
        ];
    }

    /// <summary>This process still works on them.</summary>
    public Task RenewAsync(long[] ids, CancellationToken cancellationToken) => ExecuteAsync(Renew, cancellationToken, Of(ids));

    /// <summary>This process stops before it is done with them: the next may begin them at once.</summary>
    /// <param name="batch">What it had taken.</param>
    /// <param name="putOff">Where that was put off, until when.</param>
    public Task GiveBackAsync(DeliveryBatch batch, DateTimeOffset? putOff) =>
        ExecuteAsync(GiveBack, CancellationToken.None, Of(batch.Ids), Of([batch.Taken, putOff ?? batch.Taken]));

    /// <summary>A job vouches for them from now on: within the transaction that makes it, and before it is made.</summary>
    /// <param name="batches">What this process had taken.</param>
    /// <param name="putOff">Where that was put off, until when.</param>
    /// <returns>Those for which it still vouched.</returns>
    public async Task<IReadOnlySet<long>> HandOverAsync(IReadOnlyList<DeliveryBatch> batches, DateTimeOffset? putOff)
    {
        await using var command = dataSource.CreateCommand(HandOver);
        command.Parameters.Add(Of([.. batches.SelectMany(batch => batch.Ids)]));
        command.Parameters.Add(Of([.. batches.Select(batch => batch.Taken).Append(putOff ?? batches[0].Taken)]));
        var ours = new HashSet<long>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            ours.Add(reader.GetInt64(0));
        }

        return ours;
    }

    /// <summary>Frees what a process had begun that is gone.</summary>
    /// <returns>How many.</returns>
    public Task<int> TakeBackAsync(CancellationToken cancellationToken) => ExecuteAsync(TakeBack, cancellationToken);

    private async Task<int> ExecuteAsync(string sql, CancellationToken cancellationToken, params NpgsqlParameter[] parameters)
    {
        await using var command = dataSource.CreateCommand(sql);
        command.Parameters.AddRange(parameters);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static NpgsqlParameter<long[]> Of(long[] ids) => new() { TypedValue = ids };

    private static NpgsqlParameter<DateTime[]> Of(DateTimeOffset[] times) => new() { TypedValue = [.. times.Select(each => each.UtcDateTime).Distinct()] };

    /// <summary>It begins with the account, where that is known: see <see cref="WorkOfAttribute"/>.</summary>
    private static string SourceOf(Row row) => row switch
    {
        { FullName: { } name } => name,
        { Account: { } account, Repository: { } repository } => $"{account} (repository {repository})",
        { Account: { } account } => account,
        { Repository: { } repository, Installation: { } installation } => $"installation#{installation} (repository {repository})",
        { Installation: { } installation } => $"installation#{installation}",
        { Repository: { } repository } => $"repository {repository}",
        _ => "the App",
    };

    private static string EventsOf(Row[] rows) =>
        string.Join(", ", rows.CountBy(row => row.Event).Select(count => count.Value == 1 ? count.Key : $"{count.Value} × {count.Key}"))
        + (rows.Length == 1 ? $", delivery {rows[0].Id}" : $", deliveries {rows[0].Id}–{rows[^1].Id}");

    private sealed record Row(long Id, string Event, long? Repository, long? Installation, string? FullName, string? Account);
}

/// <summary>Deliveries of one repository (or, without one, of one installation), in the order of their arrival.</summary>
/// <param name="Source">The repository or installation.</param>
/// <param name="Ids">The rows.</param>
/// <param name="Events">What they are, for people.</param>
/// <param name="Taken">When they were taken, as the rows say it: by that a process knows its own.</param>
internal sealed record DeliveryBatch(string Source, long[] Ids, string Events, DateTimeOffset Taken)
{
    /// <summary>Whose work it is.</summary>
    public string Account { get; } = WorkOfAttribute.AccountIn(Source);
}

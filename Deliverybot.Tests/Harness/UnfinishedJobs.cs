using Npgsql;

namespace Deliverybot.Tests.Harness;

/// <summary>For the message of a test that waited in vain: which jobs have not come to their end, and what has become of each.</summary>
internal static class UnfinishedJobs
{
    private const string Query =
        """
        select job.id || ' ' || (job.invocationdata ->> 'Type') || ' ' || (job.arguments #>> '{}') || ': ' || coalesce(
          (select string_agg(to_char(told.createdat, 'HH24:MI:SS.MS') || ' ' || told.name || coalesce(' ' || told.reason, '') || coalesce(' ' || (told.data ->> 'ExceptionMessage'), ''), '; ' order by told.id)
           from (select * from hangfire.state where jobid = job.id order by id desc limit 6) told), '')
        from hangfire.job where coalesce(statename, '') not in ('Succeeded', 'Deleted') order by job.id limit 20
        """;

    public static async Task<string> OfAsync(House house)
    {
        await using var connection = await house.Database.Source.OpenConnectionAsync();
        await using var command = new NpgsqlCommand(Query, connection);
        await using var reader = await command.ExecuteReaderAsync();
        var lines = new List<string>();
        while (await reader.ReadAsync())
        {
            lines.Add(reader.IsDBNull(0) ? "" : reader.GetString(0));
        }

        return string.Join(Environment.NewLine, lines);
    }
}

using Npgsql;

namespace Deliverybot.Jobs.Engine;

/// <summary>
/// What PostgreSQL is told of each connection that is made, so that a machine which vanishes without a word holds its locks for two
/// minutes at most, and not until the server's own keep-alive (about two hours on Linux) finds out. Whatever the operator has set, in the
/// connection string (<c>Options</c>), for the user, for the database or for the server, stays as it is.
/// <see href="https://www.postgresql.org/docs/current/runtime-config-connection.html#RUNTIME-CONFIG-CONNECTION-SETTINGS"/>
/// </summary>
internal static class SessionLimits
{
    /// <summary>By a statement and not at the start of the session: poolers refuse start-up parameters that they don't know.</summary>
    private const string Command =
        """
        select set_config(name, ours, false)
        from (values
          ('tcp_keepalives_idle', '30'),
          ('tcp_keepalives_interval', '10'),
          ('tcp_keepalives_count', '3'),
          ('tcp_user_timeout', '60000'),
          ('idle_in_transaction_session_timeout', '120000'),
          ('lock_timeout', '60000'),
          ('statement_timeout', '120000')) as wanted(name, ours)
        join pg_settings using (name)
        where source = 'default'
        """;

    /// <summary>Migrations may take as long as they take.</summary>
    public const string Lift = "set statement_timeout = 0; set lock_timeout = 0";

    public static void Set(NpgsqlConnection connection)
    {
        using var command = new NpgsqlCommand(Command, connection);
        command.ExecuteNonQuery();
    }

    public static async Task SetAsync(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand(Command, connection);
        await command.ExecuteNonQueryAsync();
    }
}

using Deliverybot.Data;
using Deliverybot.Jobs.Engine;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Deliverybot.Site.Database;

/// <summary>
/// Brings the database up to date. Of several processes one does it and the others wait: for a lock of our own, since the one that EF Core
/// takes ends where a migration leaves its transaction.
/// </summary>
internal sealed partial class DatabaseMigration(IServiceScopeFactory scopes, DatabasePools pools, ILogger<DatabaseMigration> logger)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    public async Task ApplyAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<DeliverybotContext>().Database;
        var pending = (await database.GetPendingMigrationsAsync(cancellationToken)).ToList();
        if (pending.Count == 0)
        {
            return;
        }

        // On one connection, which is closed afterwards: without limits of time it isn't for others.
        await database.OpenConnectionAsync(cancellationToken);
        try
        {
            await database.ExecuteSqlRawAsync(SessionLimits.Lift, cancellationToken);
            await TakeToWriteAsync(database, cancellationToken);
            await database.MigrateAsync(cancellationToken);
        }
        finally
        {
            await database.CloseConnectionAsync();
            pools.Clear();
        }

        Log.Applied(logger, string.Join(", ", pending));
    }

    /// <summary>By trying again and again: an index that is made concurrently waits for every statement that has begun, a waiting one as well.</summary>
    private static async Task TakeToWriteAsync(DatabaseFacade database, CancellationToken cancellationToken)
    {
        while (!await database.SqlQuery<bool>($"select pg_try_advisory_lock(hashtextextended('deliverybot migration', 0)) as \"Value\"").SingleAsync(cancellationToken))
        {
            await Task.Delay(Pause, cancellationToken);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Database brought up to date: {Migrations}")]
        public static partial void Applied(ILogger logger, string migrations);
    }
}

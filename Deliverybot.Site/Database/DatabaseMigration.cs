using Deliverybot.Data;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Site.Database;

/// <summary>Brings the database up to date. EF Core takes a lock, so that of several processes one does it and the others wait.</summary>
internal sealed partial class DatabaseMigration(IServiceScopeFactory scopes, ILogger<DatabaseMigration> logger)
{
    public async Task ApplyAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<DeliverybotContext>().Database;
        var pending = (await database.GetPendingMigrationsAsync(cancellationToken)).ToList();
        if (pending.Count == 0)
        {
            return;
        }

        await database.MigrateAsync(cancellationToken);
        Log.Applied(logger, string.Join(", ", pending));
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Database brought up to date: {Migrations}")]
        public static partial void Applied(ILogger logger, string migrations);
    }
}

using Hangfire.PostgreSql;

namespace Deliverybot.Jobs.Engine;

internal static class HangfireStorage
{
    public static PostgreSqlStorageOptions Options { get; } = new()
    {
        SchemaName = "hangfire",
        PrepareSchemaIfNecessary = true,
        EnableTransactionScopeEnlistment = true,
        // A worker that dies frees its job after this time; one that lives extends it.
        InvisibilityTimeout = TimeSpan.FromMinutes(1),
        UseSlidingInvisibilityTimeout = true,
        // Other processes' jobs are told by NOTIFY, after the transaction that makes them.
        EnableLongPolling = true,
        QueuePollInterval = TimeSpan.FromSeconds(5),
    };
}

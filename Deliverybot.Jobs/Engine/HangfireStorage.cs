using Hangfire.PostgreSql;

namespace Deliverybot.Jobs.Engine;

internal static class HangfireStorage
{
    public static PostgreSqlStorageOptions Options { get; } = new()
    {
        SchemaName = "hangfire",
        PrepareSchemaIfNecessary = true,
        EnableTransactionScopeEnlistment = true,
        // A worker that dies, or loses its database, frees its job after this time; one that lives extends it every four seconds.
        // Should it be so slow that the job begins a second time, that does no harm: jobs may be repeated.
        InvisibilityTimeout = TimeSpan.FromSeconds(20),
        // Hangfire's locks are rows that last for milliseconds. One that was left when the connection broke keeps its job from
        // changing its state, so it must not last for the ten minutes of the default.
        DistributedLockTimeout = TimeSpan.FromSeconds(20),
        UseSlidingInvisibilityTimeout = true,
        // Other processes' jobs are told by NOTIFY, after the transaction that makes them.
        EnableLongPolling = true,
        QueuePollInterval = TimeSpan.FromSeconds(5),
    };
}

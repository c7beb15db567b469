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
        // WakingQueue wakes the workers. Hangfire's long polling would have each of them listen on a connection of its own for each job, and
        // await the end of that before it begins the job: where the cancellation is lost, the job is held back for up to a minute.
        EnableLongPolling = false,
    };
}

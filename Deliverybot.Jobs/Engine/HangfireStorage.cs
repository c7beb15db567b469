using Hangfire.AspNetCore;
using Hangfire.Logging;
using Hangfire.PostgreSql;
using Microsoft.Extensions.Logging;
using LogLevel = Hangfire.Logging.LogLevel;

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

/// <summary>
/// Hangfire keeps one log for the whole process, the last that was given to it. Where several sites run in one process, that site
/// may have stopped already: the others go on without Hangfire's lines instead of failing.
/// </summary>
internal sealed class HangfireLog(ILoggerFactory loggers) : ILogProvider
{
    private readonly AspNetCoreLogProvider _lines = new(loggers);

    public ILog GetLogger(string name)
    {
        try
        {
            return _lines.GetLogger(name);
        }
        catch (ObjectDisposedException)
        {
            return new Silence();
        }
    }

    private sealed class Silence : ILog
    {
        public bool Log(LogLevel logLevel, Func<string>? messageFunc, Exception? exception = null) => false;
    }
}

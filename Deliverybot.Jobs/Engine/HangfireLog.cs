using Hangfire.AspNetCore;
using Hangfire.Logging;
using Microsoft.Extensions.Logging;
using LogLevel = Hangfire.Logging.LogLevel;

namespace Deliverybot.Jobs.Engine;

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

using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Deliverybot.Tests.Harness;

/// <summary>Keeps what the Site logs, for a look when a test has failed.</summary>
internal sealed class HouseLog : ILoggerProvider
{
    private readonly ConcurrentQueue<string> lines = new();

    public IReadOnlyList<string> Lines => [.. lines];

    public ILogger CreateLogger(string categoryName) => new Logger(categoryName, lines);

    public void Dispose() => lines.Clear();

    private sealed class Logger(string category, ConcurrentQueue<string> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                lines.Enqueue($"{logLevel} {category}: {formatter(state, exception)} {exception} ({DateTimeOffset.UtcNow:HH:mm:ss.fff})");
            }
        }
    }
}

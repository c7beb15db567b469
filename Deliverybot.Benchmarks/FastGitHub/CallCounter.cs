using System.Collections.Concurrent;
using System.Diagnostics;

namespace Deliverybot.Benchmarks.FastGitHub;

/// <summary>Counts the calls by route and remembers which ones the stand-in had no answer for.</summary>
internal sealed class CallCounter
{
    private readonly long[] counts = new long[Enum.GetValues<GitHubRoute>().Length];
    private readonly ConcurrentDictionary<string, int> unknown = new();
    private long lastCallAt = Stopwatch.GetTimestamp();

    public IEnumerable<string> Unknown => unknown.Keys.Order(StringComparer.Ordinal);

    public void Count(GitHubRoute route, string method, string path)
    {
        Interlocked.Increment(ref counts[(int)route]);
        Interlocked.Exchange(ref lastCallAt, Stopwatch.GetTimestamp());
        if (route == GitHubRoute.Unknown)
        {
            unknown.AddOrUpdate($"{method} {path}", 1, (_, times) => times + 1);
        }
    }

    public CallCounts Read() => new([.. counts.Select((_, route) => Interlocked.Read(ref counts[route]))]);

    /// <summary>Ends once nobody has called for a second, or after ten.</summary>
    public async Task QuietAsync(CancellationToken cancellationToken)
    {
        var askedAt = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(Math.Max(askedAt, Interlocked.Read(ref lastCallAt))) < TimeSpan.FromSeconds(1)
            && Stopwatch.GetElapsedTime(askedAt) < TimeSpan.FromSeconds(10))
        {
            await Task.Delay(50, cancellationToken);
        }
    }
}

using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;

namespace Deliverybot.Benchmarks.Load;

/// <summary>So many a second whether the Site keeps up or not; the wait for a free connection counts as its time.</summary>
internal static class PacedLoad
{
    public static async Task<LoadResult> RunAsync(
        IPEndPoint site, IReadOnlyList<SignedEvent> events, int perSecond, CancellationToken cancellationToken)
    {
        var acknowledgements = new Acknowledgement[events.Count];
        var idle = new ConcurrentBag<WebhookConnection>();
        var sending = new List<Task>(events.Count);
        var startedAt = Stopwatch.GetTimestamp();
        try
        {
            for (var index = 0; index < events.Count; index++)
            {
                var wait = TimeSpan.FromSeconds((double)index / perSecond) - Stopwatch.GetElapsedTime(startedAt);
                if (wait > TimeSpan.Zero)
                {
                    await Task.Delay(wait, cancellationToken);
                }

                sending.Add(SendAsync(index, Stopwatch.GetTimestamp()));
            }

            await Task.WhenAll(sending);
            return new LoadResult(acknowledgements);
        }
        finally
        {
            foreach (var connection in idle)
            {
                connection.Dispose();
            }
        }

        async Task SendAsync(int index, long sentAt)
        {
            var connection = idle.TryTake(out var free) ? free : await WebhookConnection.OpenAsync(site, cancellationToken);
            var status = await connection.PostAsync(events[index], Guid.NewGuid(), cancellationToken);
            acknowledgements[index] = new Acknowledgement(sentAt, Stopwatch.GetTimestamp(), status);
            idle.Add(connection);
        }
    }
}

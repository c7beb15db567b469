using System.Diagnostics;
using System.Net;

namespace Deliverybot.Benchmarks.Load;

/// <summary>As fast as the Site answers: each connection sends its next webhook when the last one is acknowledged.</summary>
internal static class ClosedLoad
{
    /// <summary>Sends <paramref name="count"/> deliveries, each new, of the events in turn.</summary>
    public static async Task<LoadResult> RunAsync(
        IPEndPoint site, IReadOnlyList<SignedEvent> events, int count, int connections, CancellationToken cancellationToken)
    {
        var acknowledgements = new Acknowledgement[count];
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(SendAsync, cancellationToken)));
        return new LoadResult(acknowledgements);

        async Task SendAsync()
        {
            using var connection = await WebhookConnection.OpenAsync(site, cancellationToken);
            for (int index; (index = Interlocked.Increment(ref next)) < count;)
            {
                var delivery = Guid.NewGuid();
                var sentAt = Stopwatch.GetTimestamp();
                var status = await connection.PostAsync(events[index % events.Count], delivery, cancellationToken);
                acknowledgements[index] = new Acknowledgement(sentAt, Stopwatch.GetTimestamp(), status);
            }
        }
    }
}

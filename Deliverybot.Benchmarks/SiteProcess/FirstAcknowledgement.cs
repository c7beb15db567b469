using System.Diagnostics;
using System.Net.Sockets;
using Deliverybot.Benchmarks.Load;

namespace Deliverybot.Benchmarks.SiteProcess;

/// <summary>How long after its start the Site acknowledges a webhook that has been knocking all the time.</summary>
internal static class FirstAcknowledgement
{
    private const int Accepted = 202;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    public static async Task<Acknowledgement> AwaitAsync(
        RunningSite site, SignedEvent webhook, TimeSpan atMost, CancellationToken cancellationToken)
    {
        var delivery = Guid.NewGuid();
        while (Stopwatch.GetElapsedTime(site.StartedAt) < atMost)
        {
            site.EnsureAlive();
            try
            {
                using var connection = await WebhookConnection.OpenAsync(site.Endpoint, cancellationToken);
                var sentAt = Stopwatch.GetTimestamp();
                if (await connection.PostAsync(webhook, delivery, cancellationToken) == Accepted)
                {
                    return new Acknowledgement(sentAt, Stopwatch.GetTimestamp(), Accepted);
                }
            }
            catch (Exception notYet) when (notYet is SocketException or IOException)
            {
                // Nobody listens before the Site is up.
            }

            await Task.Delay(Pause, cancellationToken);
        }

        throw new BenchmarkFailedException($"The Site acknowledged no webhook within {atMost.TotalSeconds:0} s of its start.");
    }
}

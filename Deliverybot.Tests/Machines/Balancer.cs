using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Deliverybot.Tests.Machines;

/// <summary>
/// In front of the web processes, as a Service of Kubernetes is: it knows connections, not requests, hands each to the next process in turn,
/// and to another where that one isn't there.
/// </summary>
internal sealed class Balancer : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly ConcurrentDictionary<Task, bool> open = new();
    private readonly Task accepting;
    private volatile IReadOnlyList<Machine> behind = [];
    private int turn;

    public Balancer()
    {
        listener.Start();
        Url = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}"));
        accepting = AcceptAsync();
    }

    public Uri Url { get; }

    /// <summary>Those that are ready; connections that are open stay where they are.</summary>
    public void Lead(params IReadOnlyList<Machine> machines) => behind = machines;

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await accepting;
        await Task.WhenAll(open.Keys);
        listener.Dispose();
        stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                var visitor = await listener.AcceptSocketAsync(stop.Token);
                var passing = PassAsync(visitor);
                open[passing] = true;
                _ = passing.ContinueWith(ended => open.TryRemove(ended, out _), TaskScheduler.Default);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    /// <summary>Until either side has gone: then the other is let go, too.</summary>
    private async Task PassAsync(Socket accepted)
    {
        using var visitor = accepted;
        using var site = await ConnectAsync();
        if (site is null)
        {
            return;
        }

        await using var there = new NetworkStream(site);
        await using var here = new NetworkStream(visitor);
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(stop.Token);
        Task[] ways = [here.CopyToAsync(there, gone.Token), there.CopyToAsync(here, gone.Token)];
        await Task.WhenAny(ways);
        await gone.CancelAsync();
        await Task.WhenAll(ways).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task<Socket?> ConnectAsync()
    {
        var machines = behind;
        var first = Interlocked.Increment(ref turn);
        for (var next = 0; next < machines.Count; next++)
        {
            var site = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await site.ConnectAsync(IPAddress.Loopback, machines[(first + next) % machines.Count].Url.Port, stop.Token);
                return site;
            }
            catch (Exception exception) when (exception is SocketException or OperationCanceledException)
            {
                site.Dispose();
            }
        }

        return null;
    }
}

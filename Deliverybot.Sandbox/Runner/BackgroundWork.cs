using System.Collections.Concurrent;

namespace Deliverybot.Sandbox.Runner;

/// <summary>Work that goes on beside the requests and ends with the server.</summary>
internal sealed class BackgroundWork : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentDictionary<Task, bool> _running = new();

    public void Start(Func<CancellationToken, Task> work)
    {
        var task = Task.Run(() => work(_stopping.Token));
        _running.TryAdd(task, true);
        task.ContinueWith(ended => _running.TryRemove(ended, out _), TaskScheduler.Default);
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        try
        {
            await Task.WhenAll(_running.Keys);
        }
        catch (OperationCanceledException)
        {
            // Delays end this way when the server stops.
        }

        _stopping.Dispose();
    }
}

using Microsoft.Extensions.Hosting;

namespace Deliverybot.Jobs.Events.Deliveries;

/// <summary>
/// In a process that receives webhooks and works on them, receiving goes first: GitHub waits ten seconds for an answer and never delivers
/// again by itself, while what is stored can wait. While many arrive at once, work is begun only each <see cref="Pause"/>, whose account has
/// had least of it first; else at once.
/// </summary>
/// <remarks>Only beginnings are spaced: what has begun may wait for GitHub for seconds, and holds up nobody.</remarks>
internal sealed class ReceivingFirst(DeliveryInbox inbox, TimeProvider time) : BackgroundService
{
    /// <summary>Between two beginnings: up to a hundred webhooks a second are worked on meanwhile, in batches of twenty.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly Lock _lock = new();
    private readonly PriorityQueue<TaskCompletionSource, (long Turn, long Order)> _waiting = new();
    private readonly Dictionary<string, long> _turns = [];
    private readonly SemaphoreSlim _asked = new(0);
    private long _turn;
    private long _order;
    private bool _hasEnded;

    /// <summary>Whether work is held back now.</summary>
    public bool IsBusy => inbox.IsCrowded;

    /// <summary>Ends when work of the account may begin.</summary>
    public Task BeginAsync(string account, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_hasEnded || (_waiting.Count == 0 && !IsBusy))
            {
                return Task.CompletedTask;
            }

            // Whoever hasn't waited lately begins where the others are now; whoever has much waiting goes further and further back.
            var turn = Math.Max(_turn, _turns.GetValueOrDefault(account)) + 1;
            _turns[account] = turn;
            var mine = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Enqueue(mine, (turn, _order++));
            _asked.Release();
            return AwaitAsync(mine, cancellationToken);
        }
    }

    /// <summary>Nothing waits for a process that stops.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        LetAllBegin();
    }

    public override void Dispose()
    {
        _asked.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await _asked.WaitAsync(stoppingToken);
            if (IsBusy)
            {
                await Task.Delay(Pause, time, stoppingToken);
            }

            LetOneBegin();
        }
    }

    private static async Task AwaitAsync(TaskCompletionSource mine, CancellationToken cancellationToken)
    {
        await using var given = cancellationToken.Register(() => mine.TrySetCanceled(cancellationToken));
        await mine.Task;
    }

    private void LetOneBegin()
    {
        lock (_lock)
        {
            // Whoever has given up takes no turn.
            while (_waiting.TryDequeue(out var next, out var place))
            {
                _turn = place.Turn;
                if (next.TrySetResult())
                {
                    break;
                }
            }

            if (_waiting.Count == 0)
            {
                _turns.Clear();
            }
        }
    }

    private void LetAllBegin()
    {
        lock (_lock)
        {
            _hasEnded = true;
            while (_waiting.TryDequeue(out var next, out _))
            {
                next.TrySetResult();
            }
        }
    }
}

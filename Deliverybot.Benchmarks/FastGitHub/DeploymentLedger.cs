using System.Diagnostics;
using Deliverybot.Benchmarks.GitHubEvents;

namespace Deliverybot.Benchmarks.FastGitHub;

/// <summary>When the deployment of each commit arrived, and how many came for it.</summary>
internal sealed class DeploymentLedger
{
    private readonly Lock gate = new();
    private readonly Dictionary<CommitSha, Arrivals> arrived = [];
    private readonly HashSet<CommitSha> green = [];
    private readonly HashSet<CommitSha> refused = [];
    private HashSet<CommitSha> awaited = [];
    private TaskCompletionSource allArrived = new();

    /// <summary>How many commits' deployments were refused, for checks that aren't met.</summary>
    public int Refused
    {
        get
        {
            lock (gate)
            {
                return refused.Count;
            }
        }
    }

    /// <summary>Required checks of this commit are met from now on.</summary>
    public void TurnGreen(CommitSha sha)
    {
        lock (gate)
        {
            green.Add(sha);
        }
    }

    public bool IsGreen(CommitSha sha)
    {
        lock (gate)
        {
            return green.Contains(sha);
        }
    }

    public void Refuse(CommitSha sha)
    {
        lock (gate)
        {
            refused.Add(sha);
        }
    }

    public void Record(CommitSha sha)
    {
        var now = Stopwatch.GetTimestamp();
        lock (gate)
        {
            arrived[sha] = arrived.TryGetValue(sha, out var earlier)
                ? earlier with { Times = earlier.Times + 1 }
                : new Arrivals(now, 1);
            awaited.Remove(sha);
            if (awaited.Count == 0)
            {
                allArrived.TrySetResult();
            }
        }
    }

    /// <summary>Ends when each of the commits has been deployed, or when that takes too long; <see cref="Of"/> tells.</summary>
    public async Task AllOfAsync(IEnumerable<CommitSha> shas, TimeSpan atMost, CancellationToken cancellationToken)
    {
        Task waiting;
        lock (gate)
        {
            awaited = [.. shas.Where(sha => !arrived.ContainsKey(sha))];
            allArrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            waiting = awaited.Count == 0 ? Task.CompletedTask : allArrived.Task;
        }

        await Task.WhenAny(waiting, Task.Delay(atMost, cancellationToken));
        cancellationToken.ThrowIfCancellationRequested();
    }

    public Arrivals Of(CommitSha sha)
    {
        lock (gate)
        {
            return arrived.GetValueOrDefault(sha);
        }
    }
}

using System.Collections.Concurrent;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Changes;

namespace Deliverybot.Tests.Jobs.Changes;

/// <summary>A channel that is told of everything, and may be out of order.</summary>
internal sealed class ListeningChannel(string name) : IChannel
{
    private readonly ConcurrentQueue<DeploymentId> _heard = [];
    private readonly ConcurrentQueue<Exception> _faults = [];

    public string Name => name;

    /// <summary>The deployments that it was told of, as often as it was.</summary>
    public IReadOnlyList<DeploymentId> Heard => [.. _heard];

    public int Tried { get; private set; }

    /// <summary>So it fails, once for each.</summary>
    public void FailWith(params Exception[] faults) => Array.ForEach(faults, _faults.Enqueue);

    public bool Wants(Happening change) => change.LeftCommit is null;

    public Task TellAsync(Happening change, CancellationToken cancellationToken)
    {
        Tried++;
        if (_faults.TryDequeue(out var fault))
        {
            throw fault;
        }

        _heard.Enqueue(change.Wish.Id);
        return Task.CompletedTask;
    }
}

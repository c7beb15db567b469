using System.Collections.Concurrent;
using System.Threading.Channels;
using Deliverybot.Data.Names;

namespace Deliverybot.Site.Live;

/// <summary>Hands each change that the database tells of to the open pages of its repository.</summary>
internal sealed class RepositoryChanges
{
    /// <summary>A page that lags further behind than this asks for everything at its next event anyway.</summary>
    private const int Backlog = 256;

    private readonly ConcurrentDictionary<RepositoryId, ConcurrentDictionary<Subscription, bool>> subscriptions = new();

    public Subscription Subscribe(RepositoryId repository)
    {
        var subscription = new Subscription(this, repository);
        subscriptions.GetOrAdd(repository, _ => new())[subscription] = true;
        return subscription;
    }

    /// <param name="repository">Where something changed.</param>
    /// <param name="deployment">What changed; null where it is no single deployment (a lock).</param>
    public void Publish(RepositoryId repository, DeploymentId? deployment)
    {
        if (subscriptions.TryGetValue(repository, out var open))
        {
            foreach (var subscription in open.Keys)
            {
                subscription.Write(deployment);
            }
        }
    }

    /// <summary>After an interruption nobody knows what was missed: every page looks again.</summary>
    public void PublishToAll()
    {
        foreach (var repository in subscriptions.Keys)
        {
            Publish(repository, deployment: null);
        }
    }

    /// <summary>One open page. To be disposed when it goes.</summary>
    internal sealed class Subscription(RepositoryChanges changes, RepositoryId repository) : IDisposable
    {
        private readonly Channel<DeploymentId?> channel = Channel.CreateBounded<DeploymentId?>(
            new BoundedChannelOptions(Backlog) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

        public ChannelReader<DeploymentId?> Changes => channel.Reader;

        public void Write(DeploymentId? deployment) => channel.Writer.TryWrite(deployment);

        public void Dispose()
        {
            if (changes.subscriptions.TryGetValue(repository, out var open))
            {
                open.TryRemove(this, out _);
            }
        }
    }
}

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

    public void Publish(RepositoryId repository, RepositoryChange change)
    {
        if (subscriptions.TryGetValue(repository, out var open))
        {
            foreach (var subscription in open.Keys)
            {
                subscription.Write(change);
            }
        }
    }

    /// <summary>After an interruption nobody knows what was missed: every page looks again.</summary>
    public void PublishToAll()
    {
        foreach (var repository in subscriptions.Keys)
        {
            Publish(repository, RepositoryChange.Unnamed);
        }
    }

    /// <summary>One open page. To be disposed when it goes.</summary>
    internal sealed class Subscription(RepositoryChanges changes, RepositoryId repository) : IDisposable
    {
        private readonly Channel<RepositoryChange> channel = Channel.CreateBounded<RepositoryChange>(
            new BoundedChannelOptions(Backlog) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

        public ChannelReader<RepositoryChange> Changes => channel.Reader;

        public void Write(RepositoryChange change) => channel.Writer.TryWrite(change);

        public void Dispose()
        {
            if (changes.subscriptions.TryGetValue(repository, out var open))
            {
                open.TryRemove(this, out _);
            }
        }
    }
}

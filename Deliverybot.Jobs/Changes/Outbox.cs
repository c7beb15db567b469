using Deliverybot.Data;
using Deliverybot.Data.Changes;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Engine;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Changes;

/// <summary>
/// What is to be told of what this scope saves: the rows go out with the same save, and are lost with it. They are told when the work is
/// done and no environment's turn is held; at the latest when the scope ends (docs/decisions/0017).
/// </summary>
internal sealed class Outbox(DeliverybotContext db, IEnumerable<IChannel> channels, Telling telling, DatabasePools pools, TimeProvider time)
    : IAsyncDisposable, IDisposable
{
    private readonly List<(Change Row, Happening Happening)> _noted = [];

    /// <summary>The flow of a request has ended by the time its scope does.</summary>
    private readonly bool _isForPage = pools.IsForPage;

    /// <summary>To be called before what has changed is saved. Where no channel wants to be told, nothing is added.</summary>
    /// <param name="leftCommit">The commit that it was for until now, where that is to be told of.</param>
    public void Add(Deployment changed, CommitSha? leftCommit = null)
    {
        var happening = new Happening(changed, leftCommit);
        foreach (var channel in channels.Where(channel => channel.Wants(happening)))
        {
            var now = time.GetUtcNow();
            var row = new Change { DeploymentId = changed.Id, Channel = channel.Name, LeftCommit = leftCommit, At = now, LeasedUntil = now + UntoldChanges.Lease };
            if (db.Entry(changed).State == EntityState.Added)
            {
                // Its id is given by the same save.
                changed.Changes.Add(row);
            }
            else
            {
                db.Changes.Add(row);
            }

            _noted.Add((row, happening));
        }
    }

    /// <summary>The wish wasn't saved: nothing is to be told of it.</summary>
    public void Forget(Deployment unsaved)
    {
        foreach (var (row, _) in _noted.Where(noted => noted.Happening.Wish == unsaved))
        {
            db.Entry(row).State = EntityState.Detached;
        }

        _noted.RemoveAll(noted => noted.Happening.Wish == unsaved);
    }

    /// <summary>Tells at once what has been saved by now.</summary>
    public async Task TellAsync(CancellationToken cancellationToken)
    {
        if (TakeSaved() is { Count: > 0 } saved)
        {
            await telling.TellAsync(saved, cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_isForPage)
        {
            Dispose();
        }
        else if (TakeSaved() is { Count: > 0 } saved)
        {
            await telling.TellAtTheEndAsync(saved);
        }
    }

    /// <summary>Whoever has clicked needn't wait for it.</summary>
    public void Dispose()
    {
        if (TakeSaved() is { Count: > 0 } saved)
        {
            telling.Leave(saved);
        }
    }

    private List<SavedChange> TakeSaved()
    {
        var saved = _noted.Where(noted => noted.Row.Id > 0).Select(noted => new SavedChange(noted.Row.Id, noted.Row.Channel, noted.Happening)).ToList();
        _noted.RemoveAll(noted => noted.Row.Id > 0);
        return saved;
    }
}

/// <summary>A row of the outbox, and what it tells of.</summary>
internal sealed record SavedChange(long Id, string Channel, Happening Happening);

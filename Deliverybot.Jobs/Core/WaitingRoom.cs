namespace Deliverybot.Jobs.Core;

/// <summary>
/// Lets in so many at once, and so many of one kind. Who waits outside holds nothing but a place. First come, first in; but nobody
/// waits because of another kind that is full.
/// </summary>
internal sealed class WaitingRoom<TKey>(int most, int mostOfOne)
    where TKey : notnull
{
    private readonly Lock _door = new();
    private readonly Dictionary<TKey, int> _inside = [];
    private readonly LinkedList<Waiter> _waiting = [];
    private int _all;

    /// <param name="key">The kind.</param>
    /// <param name="mostWaiting">Who finds so many of the same kind waiting doesn't wait.</param>
    /// <param name="longest">Who has waited so long goes.</param>
    /// <returns>To be disposed when one goes; null where one wasn't let in.</returns>
    public async Task<IDisposable?> EnterAsync(TKey key, int mostWaiting, TimeSpan longest, CancellationToken cancellationToken)
    {
        LinkedListNode<Waiter> place;
        lock (_door)
        {
            if (HasRoom(key))
            {
                return LetIn(key);
            }

            if (Waiting(key) >= mostWaiting)
            {
                return null;
            }

            place = _waiting.AddLast(new Waiter(key));
        }

        try
        {
            // The system's clock: others really work meanwhile, whatever time it is for the Site.
            return await place.Value.LetIn.Task.WaitAsync(longest, cancellationToken);
        }
        catch (TimeoutException)
        {
            // It may have come just then.
            return GiveUp(place);
        }
        catch (OperationCanceledException)
        {
            GiveUp(place)?.Dispose();
            throw;
        }
    }

    public int WaitingFor(TKey key)
    {
        lock (_door)
        {
            return Waiting(key);
        }
    }

    private int Waiting(TKey key) => _waiting.Count(waiter => waiter.Key.Equals(key));

    private bool HasRoom(TKey key) => _all < most && _inside.GetValueOrDefault(key) < mostOfOne;

    private Place LetIn(TKey key)
    {
        _all++;
        _inside[key] = _inside.GetValueOrDefault(key) + 1;
        return new Place(this, key);
    }

    /// <returns>The place, if it was given meanwhile.</returns>
    private IDisposable? GiveUp(LinkedListNode<Waiter> place)
    {
        lock (_door)
        {
            if (place.List is null)
            {
                return place.Value.LetIn.Task.Result;
            }

            _waiting.Remove(place);
            return null;
        }
    }

    private void Leave(TKey key)
    {
        lock (_door)
        {
            _all--;
            if (--_inside[key] == 0)
            {
                _inside.Remove(key);
            }

            for (var next = _waiting.First; next is not null && _all < most;)
            {
                var after = next.Next;
                if (HasRoom(next.Value.Key))
                {
                    _waiting.Remove(next);
                    next.Value.LetIn.SetResult(LetIn(next.Value.Key));
                }

                next = after;
            }
        }
    }

    private sealed class Waiter(TKey key)
    {
        public TKey Key { get; } = key;

        public TaskCompletionSource<IDisposable> LetIn { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private sealed class Place(WaitingRoom<TKey> room, TKey key) : IDisposable
    {
        private bool _left;

        public void Dispose()
        {
            if (!_left)
            {
                _left = true;
                room.Leave(key);
            }
        }
    }
}

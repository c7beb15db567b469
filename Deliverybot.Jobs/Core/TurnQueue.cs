using System.Diagnostics;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Engine;
using Deliverybot.Jobs.GitHub.Transport;

namespace Deliverybot.Jobs.Core;

/// <summary>
/// Where this process waits for turns: in memory, without a connection. Only the first of those who want the same turn asks the
/// database, and of those whom pages wait for only so many have a turn at once, a repository at most half of them: a turn holds
/// a connection as long as GitHub is asked.
/// </summary>
internal sealed class TurnQueue(DatabasePools pools, TimeProvider time)
{
    /// <summary>A person looks at a page that doesn't come; behind so many others it is better to hear of it at once.</summary>
    private static readonly Patience Person = new(MostWaiting: 10, Longest: TimeSpan.FromSeconds(8));

    /// <summary>A job that waits occupies a worker.</summary>
    private static readonly Patience Job = new(MostWaiting: 5, Longest: TimeSpan.FromSeconds(5));

    /// <summary>Another process may have the turn: it is asked again after this, and then more and more rarely.</summary>
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(20);

    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(250);

    private readonly WaitingRoom<(RepositoryId Repository, string Key)> _turns = new(most: int.MaxValue, mostOfOne: 1);

    private readonly WaitingRoom<RepositoryId> _pages = new(most: pools.TurnsOfPages, mostOfOne: (pools.TurnsOfPages + 1) / 2);

    /// <summary>Waits until nobody else in this process has or wants the turn before.</summary>
    /// <param name="key">Which turn.</param>
    /// <param name="what">What people call it.</param>
    /// <exception cref="TurnTakenException">It took too long.</exception>
    public async Task<Place> WaitAsync(RepositoryId repository, string key, string what, CancellationToken cancellationToken)
    {
        var patience = pools.IsForPage ? Person : Job;
        var began = Stopwatch.GetTimestamp();
        if (await _turns.EnterAsync((repository, key), patience.MostWaiting, patience.Longest, cancellationToken) is not { } turn)
        {
            throw Taken(what);
        }

        if (!pools.IsForPage)
        {
            return new Place(this, what, began, patience.Longest, [turn]);
        }

        try
        {
            var left = patience.Longest - Stopwatch.GetElapsedTime(began);
            return await _pages.EnterAsync(repository, patience.MostWaiting, left > TimeSpan.Zero ? left : TimeSpan.Zero, cancellationToken) is { } page
                ? new Place(this, what, began, patience.Longest, [page, turn])
                : throw Taken(what);
        }
        catch
        {
            turn.Dispose();
            throw;
        }
    }

    /// <summary>How many of this process wait for a turn that another of it has.</summary>
    public int WaitingFor(RepositoryId repository, string key) => _turns.WaitingFor((repository, key));

    /// <summary>They aren't put off to the same moment.</summary>
    private TurnTakenException Taken(string what) => new(time.GetUtcNow() + TimeSpan.FromSeconds(2 + (3 * Random.Shared.NextDouble())), what);

    private readonly record struct Patience(int MostWaiting, TimeSpan Longest);

    /// <summary>The first place of this process. To be disposed when the turn has ended.</summary>
    internal sealed class Place : IDisposable
    {
        private readonly TurnQueue _queue;
        private readonly string _what;
        private readonly long _began;
        private readonly TimeSpan _longest;
        private readonly IDisposable[] _held;
        private TimeSpan _pause = FirstPause;

        internal Place(TurnQueue queue, string what, long began, TimeSpan longest, IDisposable[] held)
        {
            (_queue, _what, _began, _longest, _held) = (queue, what, began, longest, held);
        }

        /// <summary>Another process has the turn: waits a little before it is asked again.</summary>
        /// <exception cref="TurnTakenException">It took too long.</exception>
        public async Task PauseAsync(CancellationToken cancellationToken)
        {
            if (Stopwatch.GetElapsedTime(_began) > _longest)
            {
                throw _queue.Taken(_what);
            }

            await Task.Delay(_pause, cancellationToken);
            _pause = _pause * 2 < LongestPause ? _pause * 2 : LongestPause;
        }

        public void Dispose()
        {
            foreach (var held in _held)
            {
                held.Dispose();
            }
        }
    }
}

/// <summary>
/// Others have the turn, and have had it for as long as one waits. A person is told so at once; what an event brings about is put off,
/// and occupies nobody meanwhile.
/// </summary>
internal sealed class TurnTakenException(DateTimeOffset at, string what)
    : RetryLaterException(at, $"Busy: others are being decided for {what}. Try again in a moment.");

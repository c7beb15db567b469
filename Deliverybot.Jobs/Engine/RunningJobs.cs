using System.Diagnostics;

namespace Deliverybot.Jobs.Engine;

/// <summary>
/// Whose jobs this process works on, and whose deliveries without a job. Some of its workers are kept for those who have little under way: one of them takes a job only while
/// more of them are free than jobs of the same account are under way. So an account alone has most workers, and whoever comes next always
/// finds one.
/// </summary>
/// <param name="reserved">How many workers are kept.</param>
/// <param name="others">How many take whatever comes.</param>
internal sealed class RunningJobs(int reserved, int others)
{
    /// <summary>So often an account may be favoured in a while: whoever has more jobs has no few. It also ends the turns of a job that reserved workers keep taking from <see cref="WorkerShares.Ahead"/>.</summary>
    private const int MostFavours = 30;

    private static readonly TimeSpan While = TimeSpan.FromSeconds(2);

    /// <summary>What was let in and didn't begin in this time never will: the worker lost its database in between.</summary>
    private static readonly TimeSpan LongestBeginning = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Running> _running = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Favours> _favours = new(StringComparer.Ordinal);

    public int Reserved { get; } = reserved;

    /// <summary>Whether most workers have nothing to do.</summary>
    private bool IsQuiet => _running.Values.Count(each => !each.InLane) * 2 < others;

    /// <summary>Begins work that needs no job and no worker, while there is little to do. It counts in the share of its account all the same.</summary>
    /// <param name="work">What is begun.</param>
    /// <param name="account">Whose it is.</param>
    /// <param name="most">So much at once.</param>
    /// <param name="mostOfAccount">So much of it for one account.</param>
    public bool TryBeginInLane(string work, string account, int most, int mostOfAccount)
    {
        lock (_lock)
        {
            var lanes = _running.Values.Where(each => each.InLane).ToList();
            if (!IsQuiet || lanes.Count >= most || lanes.Count(each => each.Account == account) >= mostOfAccount)
            {
                return false;
            }

            _running[work] = new Running(account, OnReserved: false, Began: true, Stopwatch.GetTimestamp(), InLane: true);
            return true;
        }
    }

    /// <summary>One of the reserved workers asks for this job.</summary>
    public bool MayTakeReserved(string job, string account)
    {
        lock (_lock)
        {
            if (_running.ContainsKey(job))
            {
                return true;
            }

            foreach (var (lost, _) in _running.Where(each => !each.Value.Began && Stopwatch.GetElapsedTime(each.Value.Since) > LongestBeginning).ToList())
            {
                _running.Remove(lost);
            }

            var free = Reserved - _running.Values.Count(each => each.OnReserved);
            if (_running.Values.Count(each => each.Account == account) >= free)
            {
                return false;
            }

            _running[job] = new Running(account, OnReserved: true, Began: false, Stopwatch.GetTimestamp());
            return true;
        }
    }

    /// <summary>
    /// Where a job goes that got no reserved worker. Whoever has just a few jobs more than are let in at once doesn't line up behind what
    /// others have left over: such a job takes the next of the other workers, or, while hardly one of them is free, asks again soon for a
    /// reserved one, for the others may be busy for long.
    /// </summary>
    public Overflow OverflowOf(string account)
    {
        lock (_lock)
        {
            if (_running.Values.Count(each => each.Account == account) * 2 >= others)
            {
                return Overflow.Rest;
            }

            foreach (var (past, _) in _favours.Where(each => Stopwatch.GetElapsedTime(each.Value.Since) > While).ToList())
            {
                _favours.Remove(past);
            }

            var favours = _favours.GetValueOrDefault(account, new Favours(0, Stopwatch.GetTimestamp()));
            _favours[account] = favours with { Count = favours.Count + 1 };
            return favours.Count >= MostFavours ? Overflow.Rest
                : _running.Values.Count(each => !each.OnReserved && !each.InLane) * 4 >= others * 3 ? Overflow.AskAgain
                : Overflow.Ahead;
        }
    }

    public void Begin(string job, string account)
    {
        lock (_lock)
        {
            _running[job] = new Running(account, _running.TryGetValue(job, out var known) && known.OnReserved, Began: true, Stopwatch.GetTimestamp());
        }
    }

    public void End(string job)
    {
        lock (_lock)
        {
            _running.Remove(job);
        }
    }

    private readonly record struct Running(string Account, bool OnReserved, bool Began, long Since, bool InLane = false);

    private readonly record struct Favours(int Count, long Since);
}

/// <summary>What becomes of a job that got no reserved worker.</summary>
internal enum Overflow
{
    /// <summary>It takes the next of the other workers.</summary>
    Ahead,

    /// <summary>It comes back after a moment.</summary>
    AskAgain,

    /// <summary>It waits until the other workers have nothing else to do.</summary>
    Rest,
}

using System.Collections.Concurrent;
using System.Data;
using System.Diagnostics;
using System.Globalization;
using System.Transactions;
using Hangfire.PostgreSql;
using Hangfire.States;
using Hangfire.Storage;
using Npgsql;
using NpgsqlTypes;

namespace Deliverybot.Jobs.Engine;

/// <summary>
/// Hangfire's queues, with its own table and its own order. Its workers each ask PostgreSQL by themselves whether there is something to
/// do, in a transaction, however many there are. Here one of them asks, once a second, for what other processes have made or left; the
/// others sleep until this process makes a job.
/// </summary>
internal sealed class WakingQueue(PostgreSqlStorage storage, DatabasePools pools) : IPersistentJobQueueProvider, IPersistentJobQueue, IPersistentJobQueueMonitoringApi
{
    private static readonly TimeSpan Sweep = TimeSpan.FromSeconds(1);

    /// <summary>Where a signal has gone amiss; the sweep finds it before.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(15);

    /// <summary>A look takes a connection for a moment. All workers of a process look when it starts: each would open one of its own.</summary>
    private const int MostLooking = 6;

    private readonly object _looks = new();
    private int _looking;

    private readonly IPersistentJobQueueMonitoringApi _monitoring = new PostgreSqlJobQueueProvider(storage, HangfireStorage.Options).GetJobQueueMonitoringApi();
    private readonly ConcurrentDictionary<string, Waiters> _waiters = new(StringComparer.Ordinal);

    /// <summary>Gives the storage these queues instead of its own.</summary>
    public static PostgreSqlStorage Use(PostgreSqlStorage storage, DatabasePools pools)
    {
        storage.QueueProviders.Add(new WakingQueue(storage, pools), [WorkerShares.Ahead, EnqueuedState.DefaultQueue, WorkerShares.Rest]);
        return storage;
    }

    public IPersistentJobQueue GetJobQueue() => this;

    public IPersistentJobQueueMonitoringApi GetJobQueueMonitoringApi() => this;

    /// <summary>Within the transaction that makes the job; a worker is woken after it.</summary>
    public void Enqueue(IDbConnection connection, string queue, string jobId)
    {
        using (var command = connection.CreateCommand())
        {
            command.CommandText = HangfireTables.Enqueue;
            command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = long.Parse(jobId, CultureInfo.InvariantCulture) });
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = queue });
            command.ExecuteNonQuery();
        }

        if (Transaction.Current is { } transaction)
        {
            transaction.TransactionCompleted += (_, _) => Wake(queue);
        }
        else
        {
            Wake(queue);
        }
    }

    /// <summary>Waits until there is something to do.</summary>
    /// <exception cref="OperationCanceledException">The server stops.</exception>
    public IFetchedJob Dequeue(string[] queues, CancellationToken cancellationToken)
    {
        var waiters = _waiters.GetOrAdd(string.Join(',', queues), _ => new Waiters(queues));
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (TryFetch(queues, cancellationToken) is { } job)
            {
                // There may be more than this, of which nobody tells.
                waiters.KeepLooking();
                return job;
            }

            waiters.WaitForSignal(cancellationToken);
        }
    }

    /// <summary>The storage's own provider tells of them: they are in its table.</summary>
    public IEnumerable<string> GetQueues() => [];

    public IEnumerable<long> GetEnqueuedJobIds(string queue, int from, int perPage) => _monitoring.GetEnqueuedJobIds(queue, from, perPage);

    public IEnumerable<long> GetFetchedJobIds(string queue, int from, int perPage) => _monitoring.GetFetchedJobIds(queue, from, perPage);

    public EnqueuedAndFetchedCountDto GetEnqueuedAndFetchedCount(string queue) => _monitoring.GetEnqueuedAndFetchedCount(queue);

    /// <summary>One of those of whom most wait, so that the reserved workers stay free while others are. Whoever is about to wait finds the signal.</summary>
    private void Wake(string queue) =>
        _waiters.Values.Where(waiters => waiters.Queues.Contains(queue)).MaxBy(waiters => waiters.Waiting)?.Wake();

    private PostgreSqlFetchedJob? TryFetch(string[] queues, CancellationToken cancellationToken)
    {
        try
        {
            return Look(queues, cancellationToken);
        }
        catch (NpgsqlException outage) when (outage.IsTransient)
        {
            // Hangfire would have the worker pause for a time that grows with the square of all its workers' faults together: of twenty that
            // have met one outage, most would still sleep minutes after the database is back.
            cancellationToken.WaitHandle.WaitOne(Sweep);
            return null;
        }
    }

    private PostgreSqlFetchedJob? Look(string[] queues, CancellationToken cancellationToken)
    {
        lock (_looks)
        {
            while (_looking == MostLooking)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Monitor.Wait(_looks, Sweep);
            }

            _looking++;
        }

        try
        {
            return Take(queues);
        }
        finally
        {
            lock (_looks)
            {
                _looking--;
                Monitor.Pulse(_looks);
            }
        }
    }

    private PostgreSqlFetchedJob? Take(string[] queues)
    {
        // No transaction of a caller's may be joined, so that what is fetched stays fetched.
        using var scope = new TransactionScope(TransactionScopeOption.Suppress);
        using var command = pools.Jobs.CreateCommand(HangfireTables.Fetch);
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = queues });
        command.Parameters.Add(new NpgsqlParameter { Value = HangfireStorage.Options.InvisibilityTimeout, NpgsqlDbType = NpgsqlDbType.Interval });
        using var reader = command.ExecuteReader();
        return reader.Read()
            ? new PostgreSqlFetchedJob(
                storage, reader.GetInt64(0), reader.GetInt64(1).ToString(CultureInfo.InvariantCulture), reader.GetString(2), reader.GetDateTime(3))
            : null;
    }

    /// <summary>The workers that serve the same queues, and the signals that none of them has had yet.</summary>
    private sealed class Waiters(string[] queues)
    {
        private const int Most = 64;

        // A monitor and no semaphore, which spins before it sleeps: here nobody is woken that soon.
        private readonly object _monitor = new();
        private int _signals;
        private int _isSwept;
        private int _waiting;

        public string[] Queues { get; } = queues;

        public int Waiting => Volatile.Read(ref _waiting);

        public void Wake()
        {
            lock (_monitor)
            {
                if (_signals < Most)
                {
                    _signals++;
                    Monitor.Pulse(_monitor);
                }
            }
        }

        /// <summary>Ends with a signal. The first of those who wait also looks by the clock.</summary>
        public void WaitForSignal(CancellationToken cancellationToken)
        {
            // In this order, and in the other one at the end: who stops looking by the clock finds whoever relied on that.
            Interlocked.Increment(ref _waiting);
            var sweeps = Interlocked.Exchange(ref _isSwept, 1) == 0;
            try
            {
                Wait(sweeps ? Sweep : Longest, cancellationToken);
            }
            finally
            {
                Interlocked.Decrement(ref _waiting);
                if (sweeps)
                {
                    Interlocked.Exchange(ref _isSwept, 0);
                }
            }
        }

        private void Wait(TimeSpan longest, CancellationToken cancellationToken)
        {
            var began = Stopwatch.GetTimestamp();
            using var ended = cancellationToken.UnsafeRegister(WakeAll, _monitor);
            lock (_monitor)
            {
                while (_signals == 0)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    var left = longest - Stopwatch.GetElapsedTime(began);
                    if (left <= TimeSpan.Zero || !Monitor.Wait(_monitor, left))
                    {
                        return;
                    }
                }

                _signals--;
            }
        }

        private static void WakeAll(object? monitor)
        {
            lock (monitor!)
            {
                Monitor.PulseAll(monitor);
            }
        }

        /// <summary>One of them goes to work: another one looks by the clock, if none does.</summary>
        public void KeepLooking()
        {
            if (Volatile.Read(ref _isSwept) == 0 && Waiting > 0)
            {
                Wake();
            }
        }
    }
}

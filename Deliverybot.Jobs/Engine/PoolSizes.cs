using System.Data.Common;
using Npgsql;

namespace Deliverybot.Jobs.Engine;

/// <summary>How the connections of a process are shared out. Together they are never more than <c>Maximum Pool Size</c>.</summary>
/// <param name="Receiving">One inserts what arrives, one listens for changes; the others look up, for milliseconds, whether an event matters.</param>
/// <param name="Pages">Half of them may be held by acts for which GitHub is asked.</param>
/// <param name="Jobs">A worker holds one, and needs a second to make a job; Hangfire has some of its own.</param>
internal readonly record struct PoolSizes(int Receiving, int Pages, int Jobs)
{
    /// <summary>PostgreSQL allows 100 unless told otherwise: two processes fit.</summary>
    public const int Usual = 48;

    /// <summary>With fewer, jobs and pages would wait for each other.</summary>
    public const int Least = 15;

    /// <summary>Twenty for whatever comes, and three that are kept: see <see cref="WorkerShares"/>.</summary>
    private const int MostWorkers = 23;

    /// <summary>What jobs need beside one for each worker: Hangfire's listening and book-keeping, the dispatcher, and second ones.</summary>
    private const int BesideWorkers = 5;

    /// <summary>How many jobs this process works on at once.</summary>
    public int Workers => Math.Clamp(Jobs - BesideWorkers, 2, MostWorkers);

    public static PoolSizes Of(string connectionString)
    {
        var all = Math.Max(Least, Given(connectionString) ?? Usual);
        var receiving = Math.Clamp(all / 8, 3, 12);
        var jobs = Math.Min((all - receiving) * 2 / 3, (MostWorkers * 2) + BesideWorkers);
        return new PoolSizes(receiving, all - receiving - jobs, jobs);
    }

    /// <returns>What the operator has set; null if nothing is.</returns>
    public static int? Given(string connectionString)
    {
        var written = new DbConnectionStringBuilder { ConnectionString = connectionString };
        return written.ContainsKey("Maximum Pool Size") || written.ContainsKey("MaxPoolSize") || written.ContainsKey("Max Pool Size") || written.ContainsKey("MaximumPoolSize")
            ? new NpgsqlConnectionStringBuilder(connectionString).MaxPoolSize
            : null;
    }
}

using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace Deliverybot.Jobs.Engine;

/// <summary>
/// The connections of this process, apart by who uses them: taking in what GitHub and Slack send, pages, and jobs. None of the three can
/// use up what another needs. EF Core and Hangfire have the same data source wherever they work together, as the ambient transactions
/// of docs/decisions/0001 need; which one that is goes with the flow of the request.
/// </summary>
public sealed class DatabasePools : IDisposable
{
    /// <summary>Npgsql's, in seconds, for a connection to be made or to become free.</summary>
    private const int UsualTimeout = 15;

    private readonly AsyncLocal<bool> _forPage = new();

    public DatabasePools(string connectionString)
    {
        Sizes = PoolSizes.Of(connectionString);
        Receiving = SourceOf(connectionString, "receiving", Sizes.Receiving, keep: 0);
        Pages = SourceOf(connectionString, "pages", Sizes.Pages, keep: 0, patience: 5);
        Jobs = SourceOf(connectionString, "jobs", Sizes.Jobs, new NpgsqlConnectionStringBuilder(connectionString).MinPoolSize);
    }

    /// <summary>Takes in webhooks and signatures, hears of changes, and tells whether the database is there: nothing that waits for GitHub or for a lock.</summary>
    public NpgsqlDataSource Receiving { get; }

    public NpgsqlDataSource Pages { get; }

    /// <summary>Jobs, and whatever else nobody waits for.</summary>
    public NpgsqlDataSource Jobs { get; }

    /// <summary>For whoever asks: pages in a request, else jobs.</summary>
    public NpgsqlDataSource Current => IsForPage ? Pages : Jobs;

    /// <summary>Whether a person waits for what is done here.</summary>
    public bool IsForPage => _forPage.Value;

    internal PoolSizes Sizes { get; }

    /// <summary>Half of the pages' connections may be held while GitHub is asked; with the others pages are read, and jobs made.</summary>
    internal int TurnsOfPages => Sizes.Pages / 2;

    /// <summary>From here on, in this flow, a person waits. It ends with the request.</summary>
    public void BeginPage() => _forPage.Value = true;

    /// <summary>Closes every connection when it comes back.</summary>
    public void Clear()
    {
        Receiving.Clear();
        Pages.Clear();
        Jobs.Clear();
    }

    public void Dispose()
    {
        Receiving.Dispose();
        Pages.Dispose();
        Jobs.Dispose();
    }

    private static NpgsqlDataSource SourceOf(string connectionString, string name, int size, int keep, int? patience = null)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString) { MaxPoolSize = size, MinPoolSize = Math.Min(keep, size) };
        if (settings.MaxAutoPrepare == 0)
        {
            settings.MaxAutoPrepare = 80;
        }

        // Whoever looks at a page that doesn't come hears of it sooner; what the operator has set stays.
        if (settings.Timeout == UsualTimeout && patience is { } seconds)
        {
            settings.Timeout = seconds;
        }

        // Who looks at pg_stat_activity sees whose connection it is.
        settings.ApplicationName ??= string.Create(CultureInfo.InvariantCulture, $"deliverybot {name}");

        // Resetting a connection each time it goes back costs seven statements, and a push takes one seven times. Whoever gives it a
        // state ends what was begun: the lock of an environment's turn, and the listening for changes.
        settings.NoResetOnClose = true;

        // Who listens for changes sends nothing: if the network forgets the connection, that would last for ever. A socket of this machine
        // (a path, or a name after @) forgets nothing, and takes no such option.
        if (settings is { KeepAlive: 0, TcpKeepAlive: false, Host: not (['/' or '@', ..]) })
        {
            settings.TcpKeepAlive = true;
            settings.TcpKeepAliveTime = 30;
        }

        var builder = new NpgsqlDataSourceBuilder(settings.ConnectionString);
        // Metrics name a pool by this; without it by the whole connection string, but for the password.
        builder.Name = name;
        // What nobody has begun, as the look each second whether there is work, would be a trace of its own each time.
        builder.ConfigureTracing(tracing => tracing.ConfigureCommandFilter(_ => Activity.Current is not null));
        builder.UsePhysicalConnectionInitializer(SessionLimits.Set, SessionLimits.SetAsync);
        return builder.Build();
    }
}

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

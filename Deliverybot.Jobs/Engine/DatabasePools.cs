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

        // Who listens for changes sends nothing: if the network forgets the connection, that would last for ever.
        if (settings is { KeepAlive: 0, TcpKeepAlive: false })
        {
            settings.TcpKeepAlive = true;
            settings.TcpKeepAliveTime = 30;
        }

        var builder = new NpgsqlDataSourceBuilder(settings.ConnectionString);
        builder.UsePhysicalConnectionInitializer(SessionLimits.Set, SessionLimits.SetAsync);
        return builder.Build();
    }
}

using System.Globalization;
using Deliverybot.Data;
using Deliverybot.Jobs.Engine;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Deliverybot.Site.SelfTest;

/// <summary>PostgreSQL answers, soon, is new enough, and has the time that this machine has.</summary>
internal sealed class DatabaseCheck(DatabasePools pools, TimeProvider time) : ICheck
{
    private const int OldestSupported = 15;

    /// <summary>Locks and waits end by the one clock or the other.</summary>
    private static readonly TimeSpan ClocksDiffer = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Slow = TimeSpan.FromMilliseconds(50);

    private const int Attempts = 5;

    public string Name => "Database";

    public Asked Asks => Asked.Database;

    public async Task<IReadOnlyList<Finding>> LookAsync(CancellationToken cancellationToken)
    {
        await using var connection = await pools.Receiving.OpenConnectionAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = "select clock_timestamp()";
        // Of several the quickest: what a busy moment adds is not the way.
        var (took, ahead) = await AskAsync(command, cancellationToken);
        for (var more = 1; took > Slow && more < Attempts; more++)
        {
            var again = await AskAsync(command, cancellationToken);
            (took, ahead) = again.Took < took ? again : (took, ahead);
        }

        var version = connection.PostgreSqlVersion;
        List<Finding> faults = [];
        if (version.Major < OldestSupported)
        {
            faults.Add(Finding.Bad($"It is PostgreSQL {version}.", string.Create(CultureInfo.InvariantCulture, $"Use {OldestSupported} or newer.")));
        }

        if (took > Slow)
        {
            faults.Add(Finding.Warning(
                string.Create(CultureInfo.InvariantCulture, $"It took {took.TotalMilliseconds:0} ms to answer the simplest question; a push asks about a dozen."),
                "Put it near to the processes, and see what keeps it busy."));
        }

        if (ahead.Duration() > ClocksDiffer)
        {
            faults.Add(Finding.Bad(
                string.Create(CultureInfo.InvariantCulture, $"Its clock is {ahead.Duration().TotalSeconds:0} seconds {(ahead > TimeSpan.Zero ? "behind" : "ahead of")} this machine's."),
                "Set both, best by NTP."));
        }

        return faults.Count > 0
            ? faults
            : [Finding.Good(string.Create(CultureInfo.InvariantCulture, $"PostgreSQL {version} answers within {Math.Max(1, took.TotalMilliseconds):0} ms, and its clock is this machine's."))];
    }

    private async Task<(TimeSpan Took, TimeSpan Ahead)> AskAsync(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        var (before, started) = (time.GetUtcNow(), time.GetTimestamp());
        var theirs = new DateTimeOffset((DateTime)(await command.ExecuteScalarAsync(cancellationToken))!);
        var took = time.GetElapsedTime(started);
        return (took, before + (took / 2) - theirs);
    }
}

/// <summary>The database is as this build needs it.</summary>
internal sealed class MigrationsCheck(IServiceScopeFactory scopes) : ICheck
{
    public string Name => "Migrations";

    public Asked Asks => Asked.Database;

    public async Task<IReadOnlyList<Finding>> LookAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<DeliverybotContext>().Database;
        var pending = (await database.GetPendingMigrationsAsync(cancellationToken)).ToList();
        var unknown = (await database.GetAppliedMigrationsAsync(cancellationToken)).Except(database.GetMigrations()).ToList();
        return pending.Count > 0
                ? [Finding.Bad($"These are pending: {string.Join(", ", pending)}.", "Run 'Deliverybot.Site migrate', or start a process with Deliverybot:MigrateOnStart.")]
            : unknown.Count > 0
                ? [Finding.Note($"A newer build has added to them: {string.Join(", ", unknown)}.", "Bring this process up to date, too.")]
            : [Finding.Good("None is pending.")];
    }
}

using Deliverybot.Data;
using Deliverybot.Data.Changes;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Installations;
using Deliverybot.Jobs.Core;
using Deliverybot.Jobs.Core.Repositories;
using Deliverybot.Jobs.Engine;
using Deliverybot.Jobs.GitHub;
using Deliverybot.Jobs.GitHub.Transport;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Deliverybot.Jobs.Events.History;

/// <summary>
/// Brings a database that was restored from a backup to what GitHub knows, before anything is done by it: what was under way when the backup
/// was made has gone on since, and would be done once more. It can be cut off, and called again.
/// </summary>
internal sealed class RestoredDatabase(
    DeliverybotContext db, DatabasePools pools, GitHubClients github, KnownRepositories repositories, DeploymentEvaluator evaluator, ReadHistoryJob history, TimeProvider time)
{
    /// <summary>The mark names the database, for a backup may hold one that an earlier restoration left.</summary>
    private const string Mark = "restored ";

    /// <summary>Numbers that were given since the backup are at GitHub, in links and in payloads, and must not mean anything else.</summary>
    private const long Skipped = 1_000_000;

    /// <returns>The repositories about which GitHub can't be asked now, each with the reason; with none all is done.</returns>
    public async Task<IReadOnlyList<string>> CatchUpAsync(CancellationToken cancellationToken)
    {
        await BeginAsync(cancellationToken);
        List<string> left = [.. await SuspendedAsync(cancellationToken)];
        foreach (var unread in await db.WorkingRepositories().AsNoTracking().Where(row => row.HistoryReadAt == null).OrderBy(row => row.Id).ToListAsync(cancellationToken))
        {
            try
            {
                await FindWaitingAsync(unread, cancellationToken);
                await history.RunAsync(unread.Id.Value, cancellationToken);
                if (!await db.Repositories.AnyAsync(row => row.Id == unread.Id && row.HistoryReadAt != null, cancellationToken))
                {
                    left.Add($"{unread.FullName}: the App doesn't see it any more.");
                }
            }
            catch (Exception fault) when (fault is not OperationCanceledException and not NpgsqlException)
            {
                // One that can't be read keeps nothing from the others.
                db.ChangeTracker.Clear();
                left.Add($"{unread.FullName}: {(fault as RetryLaterException)?.Reason ?? fault.Message}");
            }
        }

        if (left is [])
        {
            await db.UpkeepMarks.Where(mark => mark.Name.StartsWith(Mark)).ExecuteDeleteAsync(cancellationToken);
        }

        return left;
    }

    /// <summary>GitHub tells the App nothing of these; if they have been let on since, something may wait in them that has gone out.</summary>
    private async Task<IReadOnlyList<string>> SuspendedAsync(CancellationToken cancellationToken)
    {
        var found = await db.Repositories.AsNoTracking()
            .Where(row => !db.WorkingRepositories().Any(working => working.Id == row.Id)
                && db.Deployments.Any(wish => wish.RepositoryId == row.Id && (wish.State == DeploymentState.Waiting || wish.State == DeploymentState.Creating)))
            .OrderBy(row => row.Id)
            .ToListAsync(cancellationToken);
        return [.. found.Select(row => $"{row.FullName}: the App was suspended there when the backup was made. If it isn't now, cancel by hand what waits there and has gone out since.")];
    }

    /// <summary>
    /// Once. Webhooks that were under way then were done since: a command in a comment would be carried out once more, and a push would send
    /// its commit over what came after it.
    /// </summary>
    private async Task BeginAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await db.Database.ExecuteSqlAsync(
            $"insert into upkeep_marks (name, at) select {Mark} || oid, {now} from pg_database where datname = current_database() on conflict (name) do nothing",
            cancellationToken) == 0)
        {
            return;
        }

        var workers = (await LivingWorkers.ReadAsync(pools, cancellationToken)).Processes;
        var listening = await ListeningAsync(cancellationToken);
        if (workers + listening > 0)
        {
            throw new DatabaseInUseException(workers, listening);
        }

        await db.Database.ExecuteSqlAsync(
            $"""
            update webhook_deliveries set processed_at = {now}, dispatched_at = coalesce(dispatched_at, {now}), leased_until = null where processed_at is null;
            update repositories set history_read_at = null;
            select setval(pg_get_serial_sequence('deployments', 'id'), (select coalesce(max(id), 0) from deployments) + {Skipped})
            """,
            cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>A process without workers gives no sign of life. But it has pages, and listens for what changes there.</summary>
    private Task<int> ListeningAsync(CancellationToken cancellationToken) =>
        db.Database.SqlQuery<int>($"select count(*)::int as \"Value\" from pg_stat_activity where datname = current_database() and query = {ChangesChannel.Listen}").SingleAsync(cancellationToken);

    /// <summary>What waited then and has gone out since is found by its number, which GitHub has in its payload.</summary>
    private async Task FindWaitingAsync(Repository unread, CancellationToken cancellationToken)
    {
        var waiting = await db.Deployments
            .Where(row => row.RepositoryId == unread.Id && (row.State == DeploymentState.Waiting || row.State == DeploymentState.Creating))
            .OrderBy(row => row.Id)
            .ToListAsync(cancellationToken);
        if (waiting is [] || await repositories.ConfirmAsync(unread.Id, cancellationToken) is not { } repository)
        {
            return;
        }

        var client = github.Installation(repository.InstallationId).Repository(repository.FullName);
        foreach (var wish in waiting)
        {
            await using var turn = await Turn.TakeAsync(db, wish, cancellationToken);
            if (wish.State is DeploymentState.Waiting or DeploymentState.Creating && await DeploymentCreator.FindAsync(wish, client, cancellationToken) is { } found)
            {
                await evaluator.AdoptAsync(turn, wish, found, client, mayDeploy: false, cancellationToken);
            }
        }
    }
}

/// <summary>Somebody works on the database: what that does would be lost.</summary>
internal sealed class DatabaseInUseException(int workers, int listening)
    : Exception($"The Site runs on this database: {workers} process(es) with workers gave a sign of life within the last two minutes, {listening} with pages listen for changes. Is it the restored one? Stop them all, wait two minutes, and run this again.");

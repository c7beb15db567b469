using Deliverybot.Data;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Deliverybot.Jobs.Deploying;

/// <summary>
/// The right to decide about one environment, across all processes: a session-level advisory lock on the context's own connection
/// (<see href="https://www.postgresql.org/docs/current/explicit-locking.html#ADVISORY-LOCKS"/>). It ends with the connection, should the process die.
/// </summary>
internal sealed class EnvironmentTurn : IAsyncDisposable
{
    private const string Lock = "select pg_advisory_lock(hashtextextended($1, $2))";
    private const string Unlock = "select pg_advisory_unlock(hashtextextended($1, $2))";
    private const string Version = "select xmin from deployments where id = $1";

    /// <summary>Whoever has the turn may be waiting for GitHub: that is no reason to give up.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(5);

    private readonly DeliverybotContext _db;
    private readonly RepositoryId _repository;
    private readonly string _environmentKey;

    private EnvironmentTurn(DeliverybotContext db, RepositoryId repository, string environmentKey)
    {
        _db = db;
        _repository = repository;
        _environmentKey = environmentKey;
    }

    private NpgsqlConnection Connection => (NpgsqlConnection)_db.Database.GetDbConnection();

    /// <summary>Waits until nobody else decides about the environment.</summary>
    public static async Task<EnvironmentTurn> TakeAsync(
        DeliverybotContext db, RepositoryId repository, string environmentKey, CancellationToken cancellationToken)
    {
        var turn = new EnvironmentTurn(db, repository, environmentKey);
        await turn.WaitAsync(wish: null, cancellationToken);
        return turn;
    }

    /// <summary>
    /// The turn at the wish's environment. Should somebody have decided since the wish was read, it is read again: what he wrote is the truth.
    /// </summary>
    public static async Task<EnvironmentTurn> TakeAsync(DeliverybotContext db, Deployment wish, CancellationToken cancellationToken)
    {
        var turn = new EnvironmentTurn(db, wish.RepositoryId, wish.EnvironmentKey);
        await turn.WaitAsync(wish, cancellationToken);
        return turn;
    }

    /// <summary>The same turn, for as long as the ambient transaction lasts; see <see cref="Engine.JobTransaction"/>.</summary>
    public static async Task TakeForTransactionAsync(
        DeliverybotContext db, RepositoryId repository, string environmentKey, CancellationToken cancellationToken)
    {
        var timeout = db.Database.GetCommandTimeout();
        db.Database.SetCommandTimeout(LongestWait);
        try
        {
            await db.Database.ExecuteSqlAsync(
                $"select pg_advisory_xact_lock(hashtextextended({environmentKey}, {repository.Value}))", cancellationToken);
        }
        finally
        {
            db.Database.SetCommandTimeout(timeout);
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await using var command = new NpgsqlCommand(Unlock, Connection)
            {
                Parameters = { new() { Value = _environmentKey }, new() { Value = _repository.Value } },
            };
            await command.ExecuteNonQueryAsync(CancellationToken.None);
        }
        catch
        {
            ForgetConnection();
            throw;
        }
        finally
        {
            await _db.Database.CloseConnectionAsync();
        }
    }

    private async Task WaitAsync(Deployment? wish, CancellationToken cancellationToken)
    {
        await _db.Database.OpenConnectionAsync(cancellationToken);
        try
        {
            if (await LockAsync(wish?.Id, cancellationToken) != wish?.Version)
            {
                await _db.Entry(wish!).ReloadAsync(cancellationToken);
            }
        }
        catch
        {
            ForgetConnection();
            await _db.Database.CloseConnectionAsync();
            throw;
        }
    }

    /// <summary>One round trip. The second statement sees what was committed before the first one got the lock, as each has a snapshot of its own.</summary>
    /// <returns>The version of the row by then; null if none is asked for, or if it is gone.</returns>
    private async Task<uint?> LockAsync(DeploymentId? id, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(Connection)
        {
            Timeout = (int)LongestWait.TotalSeconds,
            BatchCommands = { new(Lock) { Parameters = { new() { Value = _environmentKey }, new() { Value = _repository.Value } } } },
        };
        if (id is not { Value: var row })
        {
            await batch.ExecuteNonQueryAsync(cancellationToken);
            return null;
        }

        batch.BatchCommands.Add(new(Version) { Parameters = { new() { Value = row } } });
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? reader.GetFieldValue<uint>(0) : null;
    }

    /// <summary>Whether it holds the lock is unsure: it must not go on with it in the pool, where connections keep their state.</summary>
    private void ForgetConnection() => NpgsqlConnection.ClearPool(Connection);
}

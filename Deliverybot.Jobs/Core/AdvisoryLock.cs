using System.Data;
using Deliverybot.Data;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Engine;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Npgsql;

namespace Deliverybot.Jobs.Core;

/// <summary>
/// The right to be the only one, across all processes, that works on something of a repository: writes a comment or a commit status, or,
/// as a <see cref="Turn"/>, decides about an environment. It is a session-level advisory lock on the context's own connection
/// (<see href="https://www.postgresql.org/docs/current/explicit-locking.html#ADVISORY-LOCKS"/>). It ends with the connection, should the process die.
/// Who waits for it holds no connection (<see cref="TurnQueue"/>).
/// </summary>
internal sealed class AdvisoryLock : IAsyncDisposable
{
    private const string Lock = "select pg_try_advisory_lock(hashtextextended($1, $2))";
    private const string Unlock = "select pg_advisory_unlock(hashtextextended($1, $2))";
    private const string Version = "select xmin from deployments where id = $1";

    private readonly DeliverybotContext _db;
    private readonly RepositoryId _repository;
    private readonly string _key;
    private TurnQueue.Place? _place;
    private int _session;

    private AdvisoryLock(DeliverybotContext db, RepositoryId repository, string key)
    {
        _db = db;
        _repository = repository;
        _key = key;
    }

    private NpgsqlConnection Connection => (NpgsqlConnection)_db.Database.GetDbConnection();

    /// <summary>Not where the connection broke: the lock has gone with it, also if another was opened since.</summary>
    public bool IsHeld => _place is not null && IsConnected && Connection.ProcessID == _session;

    public RepositoryId Repository => _repository;

    public string Key => _key;

    private bool IsConnected => Connection.FullState == ConnectionState.Open;

    /// <summary>Waits until nobody else works on it. An environment goes by its <see cref="EnvironmentName.Key"/>; all else has a key that is none.</summary>
    /// <exception cref="TurnTakenException">It took too long.</exception>
    public static async Task<AdvisoryLock> TakeAsync(
        DeliverybotContext db, RepositoryId repository, string key, CancellationToken cancellationToken)
    {
        var taken = new AdvisoryLock(db, repository, key);
        await taken.WaitAsync(wish: null, cancellationToken);
        return taken;
    }

    /// <summary>
    /// The turn at the wish's environment. Should somebody have decided since the wish was read, it is read again: what they wrote is the
    /// truth, also where by new rules it goes to another environment now.
    /// </summary>
    /// <exception cref="TurnTakenException">It took too long.</exception>
    public static async Task<AdvisoryLock> TakeAsync(DeliverybotContext db, Deployment wish, CancellationToken cancellationToken)
    {
        while (true)
        {
            var taken = new AdvisoryLock(db, wish.RepositoryId, wish.EnvironmentKey);
            await taken.WaitAsync(wish, cancellationToken);
            if (taken._key == wish.EnvironmentKey)
            {
                return taken;
            }

            await taken.DisposeAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            // Where the connection broke, the lock went with it, and who works with it has been told.
            if (IsConnected && !await UnlockAsync())
            {
                throw new InvalidOperationException($"The lock {_key} had been lost before it ended.");
            }
        }
        finally
        {
            await LeaveAsync();
        }
    }

    private async Task WaitAsync(Deployment? wish, CancellationToken cancellationToken)
    {
        var place = await _db.GetService<TurnQueue>().WaitAsync(_repository, _key, wish?.Environment.Value ?? _key, cancellationToken);
        try
        {
            while (!await TryAsync(wish, cancellationToken))
            {
                await place.PauseAsync(cancellationToken);
            }

            (_place, _session) = (place, Connection.ProcessID);
        }
        catch
        {
            place.Dispose();
            throw;
        }
    }

    /// <returns>Whether it was free. If not, the connection is given back.</returns>
    private async Task<bool> TryAsync(Deployment? wish, CancellationToken cancellationToken)
    {
        await _db.Database.OpenConnectionAsync(cancellationToken);
        try
        {
            var (free, version) = await LockAsync(wish?.Id, cancellationToken);
            if (!free)
            {
                await _db.Database.CloseConnectionAsync();
                return false;
            }

            if (wish is not null && (version != wish.Version || _db.Entry(wish).State != EntityState.Unchanged))
            {
                await _db.Entry(wish).ReloadAsync(cancellationToken);
            }

            return true;
        }
        catch
        {
            await GiveUpAsync();
            throw;
        }
    }

    private async Task LeaveAsync()
    {
        try
        {
            await _db.Database.CloseConnectionAsync();
        }
        finally
        {
            _place?.Dispose();
            _place = null;
        }
    }

    /// <summary>One round trip. The second statement sees what was committed before the first one got the lock, as each has a snapshot of its own.</summary>
    /// <returns>Whether it is locked now, and the version of the row by then; that is null if none is asked for, or if it is gone.</returns>
    private async Task<(bool Free, uint? Version)> LockAsync(DeploymentId? id, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(Connection)
        {
            BatchCommands = { new(Lock) { Parameters = { new() { Value = _key }, new() { Value = _repository.Value } } } },
        };
        if (id is { Value: var row })
        {
            batch.BatchCommands.Add(new(Version) { Parameters = { new() { Value = row } } });
        }

        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        var free = reader.GetBoolean(0);
        return (free, await reader.NextResultAsync(cancellationToken) && await reader.ReadAsync(cancellationToken) ? reader.GetFieldValue<uint>(0) : null);
    }

    /// <returns>Whether it was locked.</returns>
    private async Task<bool> UnlockAsync()
    {
        try
        {
            await using var command = new NpgsqlCommand(Unlock, Connection)
            {
                Parameters = { new() { Value = _key }, new() { Value = _repository.Value } },
            };
            return await command.ExecuteScalarAsync(CancellationToken.None) is true;
        }
        catch
        {
            // Whether it is still locked is unsure, and the pool gives connections on as they are: this one is closed when it comes back.
            _db.GetService<DatabasePools>().Clear();
            throw;
        }
    }

    /// <summary>The fault that is under way is the one to tell of, whatever becomes of the lock.</summary>
    private async Task GiveUpAsync()
    {
        try
        {
            // Also where nobody said that it was granted: that may have come together with the fault.
            if (IsConnected)
            {
                await UnlockAsync();
            }
        }
        catch (NpgsqlException)
        {
            // The connection goes, and the lock with it.
        }
        finally
        {
            await _db.Database.CloseConnectionAsync();
        }
    }
}

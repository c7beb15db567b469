using Deliverybot.Data;
using Deliverybot.Data.Names;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Deploying;

/// <summary>
/// The right to decide about one environment, across all processes: a session-level advisory lock on the context's own connection
/// (<see href="https://www.postgresql.org/docs/current/explicit-locking.html#ADVISORY-LOCKS"/>). It ends with the connection, should the process die.
/// </summary>
internal sealed class EnvironmentTurn : IAsyncDisposable
{
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

    /// <summary>Waits until nobody else decides about the environment.</summary>
    public static async Task<EnvironmentTurn> TakeAsync(
        DeliverybotContext db, RepositoryId repository, string environmentKey, CancellationToken cancellationToken)
    {
        await db.Database.OpenConnectionAsync(cancellationToken);
        try
        {
            await LockAsync(db, repository, environmentKey, cancellationToken);
            return new EnvironmentTurn(db, repository, environmentKey);
        }
        catch
        {
            await db.Database.CloseConnectionAsync();
            throw;
        }
    }

    /// <summary>The same turn, for as long as the ambient transaction lasts; see <see cref="Engine.JobTransaction"/>.</summary>
    public static Task TakeForTransactionAsync(
        DeliverybotContext db, RepositoryId repository, string environmentKey, CancellationToken cancellationToken) =>
        WaitAsync(db, $"select pg_advisory_xact_lock(hashtextextended({environmentKey}, {repository.Value}))", cancellationToken);

    private static Task LockAsync(DeliverybotContext db, RepositoryId repository, string environmentKey, CancellationToken cancellationToken) =>
        WaitAsync(db, $"select pg_advisory_lock(hashtextextended({environmentKey}, {repository.Value}))", cancellationToken);

    /// <summary>Whoever has the turn may be waiting for GitHub: that is no reason to give up.</summary>
    private static async Task WaitAsync(DeliverybotContext db, FormattableString sql, CancellationToken cancellationToken)
    {
        var timeout = db.Database.GetCommandTimeout();
        db.Database.SetCommandTimeout(LongestWait);
        try
        {
            await db.Database.ExecuteSqlAsync(sql, cancellationToken);
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
            await _db.Database.ExecuteSqlAsync($"select pg_advisory_unlock(hashtextextended({_environmentKey}, {_repository.Value}))");
        }
        finally
        {
            await _db.Database.CloseConnectionAsync();
        }
    }
}

using Deliverybot.Data;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Engine;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Deliverybot.Jobs.Core;

/// <summary>
/// The same right as a <see cref="Turn"/>, for as long as a <see cref="JobTransaction"/> lasts. It is waited for before the transaction
/// begins, which holds a connection; disposed after it.
/// </summary>
internal sealed class TransactionTurn : IDisposable
{
    private readonly DeliverybotContext _db;
    private readonly RepositoryId _repository;
    private readonly string _key;
    private readonly TurnQueue.Place _place;

    private TransactionTurn(DeliverybotContext db, RepositoryId repository, string key, TurnQueue.Place place)
    {
        (_db, _repository, _key, _place) = (db, repository, key, place);
    }

    /// <exception cref="TurnTakenException">It took too long.</exception>
    public static async Task<TransactionTurn> WaitAsync(
        DeliverybotContext db, RepositoryId repository, string environmentKey, CancellationToken cancellationToken) =>
        new(db, repository, environmentKey, await db.GetService<TurnQueue>().WaitAsync(repository, environmentKey, environmentKey, cancellationToken));

    /// <summary>Within the transaction. Only another process can have it now.</summary>
    /// <exception cref="TurnTakenException">It took too long.</exception>
    public async Task TakeAsync(CancellationToken cancellationToken)
    {
        while (!await TryAsync(cancellationToken))
        {
            await _place.PauseAsync(cancellationToken);
        }
    }

    public void Dispose() => _place.Dispose();

    private Task<bool> TryAsync(CancellationToken cancellationToken) => _db.Database
        .SqlQuery<bool>($"select pg_try_advisory_xact_lock(hashtextextended({_key}, {_repository.Value})) as \"Value\"")
        .SingleAsync(cancellationToken);
}

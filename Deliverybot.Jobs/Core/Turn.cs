using System.Transactions;
using Deliverybot.Data;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Engine;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Deliverybot.Jobs.Core;

/// <summary>
/// That its bearer, and nobody else in any process, decides about an environment. Whatever writes how its wishes stand, its locks or its
/// holds asks for one, and none is made but by taking the lock: so what has to be done in the environment's turn can't be called outside
/// of it. One that has ended, or of another environment, is refused when something is written.
/// </summary>
/// <remarks>
/// Where a turn is taken while another <see cref="AdvisoryLock"/> is held, the environment's comes last, and on the same connection; so
/// nobody waits in a circle.
/// </remarks>
internal abstract class Turn
{
    private readonly RepositoryId _repository;
    private readonly string _environmentKey;

    private Turn(RepositoryId repository, string environmentKey)
    {
        (_repository, _environmentKey) = (repository, environmentKey);
    }

    private protected abstract bool Lasts { get; }

    /// <summary>Lasts until it is disposed of, so that GitHub can be asked meanwhile, and what is written is seen at once.</summary>
    /// <exception cref="TurnTakenException">It took too long.</exception>
    public static async Task<Held> TakeAsync(
        DeliverybotContext db, RepositoryId repository, string environmentKey, CancellationToken cancellationToken) =>
        new(await AdvisoryLock.TakeAsync(db, repository, environmentKey, cancellationToken));

    /// <inheritdoc cref="AdvisoryLock.TakeAsync(DeliverybotContext, Deployment, CancellationToken)"/>
    public static async Task<Held> TakeAsync(DeliverybotContext db, Deployment wish, CancellationToken cancellationToken) =>
        new(await AdvisoryLock.TakeAsync(db, wish, cancellationToken));

    /// <summary>To be taken within a <see cref="JobTransaction"/>, and waited for before that begins, which holds a connection.</summary>
    /// <exception cref="TurnTakenException">It took too long.</exception>
    public static async Task<Awaited> AwaitAsync(
        DeliverybotContext db, RepositoryId repository, string environmentKey, CancellationToken cancellationToken) =>
        new(db, repository, environmentKey, await db.GetService<TurnQueue>().WaitAsync(repository, environmentKey, environmentKey, cancellationToken));

    /// <exception cref="InvalidOperationException">Somebody else may decide there now.</exception>
    public void MustCover(Deployment wish) => MustCover(wish.RepositoryId, wish.EnvironmentKey);

    /// <inheritdoc cref="MustCover(Deployment)"/>
    public void MustCover(RepositoryId repository, string environmentKey)
    {
        if ((repository, environmentKey) != (_repository, _environmentKey))
        {
            throw new InvalidOperationException($"The turn is at {_environmentKey} of repository {_repository}, not at {environmentKey} of {repository}.");
        }

        if (!Lasts)
        {
            throw new InvalidOperationException($"The turn at {_environmentKey} has ended.");
        }
    }

    public sealed class Held : Turn, IAsyncDisposable
    {
        private readonly AdvisoryLock _taken;

        internal Held(AdvisoryLock taken)
            : base(taken.Repository, taken.Key)
        {
            _taken = taken;
        }

        private protected override bool Lasts => _taken.IsHeld;

        public ValueTask DisposeAsync() => _taken.DisposeAsync();
    }

    /// <summary>Ends with the transaction.</summary>
    private sealed class OfTransaction : Turn
    {
        private readonly Transaction _transaction;

        public OfTransaction(RepositoryId repository, string environmentKey, Transaction transaction)
            : base(repository, environmentKey)
        {
            _transaction = transaction;
        }

        private protected override bool Lasts => Transaction.Current == _transaction;
    }

    /// <summary>The first place of this process. To be disposed of after the transaction.</summary>
    public sealed class Awaited : IDisposable
    {
        private readonly DeliverybotContext _db;
        private readonly RepositoryId _repository;
        private readonly string _environmentKey;
        private readonly TurnQueue.Place _place;

        internal Awaited(DeliverybotContext db, RepositoryId repository, string environmentKey, TurnQueue.Place place)
        {
            (_db, _repository, _environmentKey, _place) = (db, repository, environmentKey, place);
        }

        /// <summary>Only another process can have it now.</summary>
        /// <exception cref="TurnTakenException">It took too long.</exception>
        public async Task<Turn> TakeAsync(CancellationToken cancellationToken)
        {
            var transaction = Transaction.Current ?? throw new InvalidOperationException("There is no transaction that the turn could end with.");
            while (!await TryAsync(cancellationToken))
            {
                await _place.PauseAsync(cancellationToken);
            }

            return new OfTransaction(_repository, _environmentKey, transaction);
        }

        public void Dispose() => _place.Dispose();

        private Task<bool> TryAsync(CancellationToken cancellationToken) => _db.Database
            .SqlQuery<bool>($"select pg_try_advisory_xact_lock(hashtextextended({_environmentKey}, {_repository.Value})) as \"Value\"")
            .SingleAsync(cancellationToken);
    }
}

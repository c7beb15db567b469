using Deliverybot.Data;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Locks;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.DeployFile;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Core.Locks;

/// <summary>
/// What keeps an environment as it is, a lock or what a rollback holds, ends with it where it was made for a pull request, a branch or a tag.
/// One that is called the same for all of them stays, and so does its lock.
/// </summary>
internal sealed class PreviewLocks(DeliverybotContext db, LockEnds ends)
{
    /// <summary>What keeps the environments that were made for these.</summary>
    public async Task<IQueryable<EnvironmentLock>> OfAsync(RepositoryId repository, IQueryable<Deployment> rows, CancellationToken cancellationToken)
    {
        var kept = db.Locks.AsNoTracking().Where(held => held.RepositoryId == repository);
        var places = await rows
            .Where(row => row.TransientEnvironment && row.TargetDefinition != null && kept.Any(held => held.EnvironmentKey == row.EnvironmentKey))
            .Select(row => new { row.EnvironmentKey, row.TargetDefinition })
            .Distinct()
            .ToListAsync(cancellationToken);
        var keys = places.Where(place => !TargetJson.Read(place.TargetDefinition!).Environment.IsPlain).Select(place => place.EnvironmentKey).Distinct().ToList();
        return kept.Where(held => keys.Contains(held.EnvironmentKey));
    }

    /// <summary>Ends them where nothing is left in their environment, and nothing is to come. May be repeated.</summary>
    /// <param name="rows">What has ended there.</param>
    /// <param name="by">Who brought that about.</param>
    /// <param name="reason">The sentence that says so.</param>
    /// <exception cref="TurnTakenException">It took too long. It may be done again.</exception>
    public async Task EndAsync(
        RepositoryId repository, IQueryable<Deployment> rows, GitHubUser by, Sentence reason, CancellationToken cancellationToken)
    {
        var there = db.Deployments.Where(row => row.RepositoryId == repository);
        var left = TransientEnvironments.In(there);
        var open = there.Where(DeploymentStates.OpenRows);
        var kept = await OfAsync(repository, rows, cancellationToken);
        await ends.EndAsync(
            repository,
            kept.Where(held => !left.Any(row => row.EnvironmentKey == held.EnvironmentKey) && !open.Any(row => row.EnvironmentKey == held.EnvironmentKey)),
            by,
            reason,
            cancellationToken);
    }
}

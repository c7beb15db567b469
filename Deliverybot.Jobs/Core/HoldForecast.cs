using Deliverybot.Data;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Gates;
using Deliverybot.Jobs.GitHub;
using Deliverybot.Jobs.GitHub.Commits;
using Deliverybot.Jobs.GitHub.Transport;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Core;

/// <summary>
/// Whether a deployment ends a hold: that is judged by the commit's place in the history, never by when it was deployed. So it can be
/// said before somebody deploys, and right after.
/// </summary>
internal sealed class HoldForecast(DeliverybotContext db, KeptBack kept)
{
    /// <returns>What becomes of an environment's hold once that has succeeded there.</returns>
    public async Task<Sentence> OfAsync(
        RepositoryId repository,
        EnvironmentName environment,
        LockFacts hold,
        TargetName target,
        CommitSha sha,
        RepositoryClient github,
        CancellationToken cancellationToken)
    {
        if (hold is not { EndsAfter: { } from } || hold.RolledBack != target)
        {
            return $"Events stay held there until somebody unlocks {environment}.";
        }

        try
        {
            if (await IsNewerAsync(repository, target, sha, from, github, cancellationToken))
            {
                return Sentence.Join([$"Events are held there no longer once it has succeeded.", await kept.SayAsync(repository, environment, but: sha, cancellationToken)]);
            }

            return sha == from
                ? (Sentence)$"Events stay held there: {sha.Short} is what was rolled back from."
                : (Sentence)$"Events stay held there: {sha.Short} is not newer than {from.Short}.";
        }
        catch (Exception unknown) when (unknown is RetryLaterException or GitHubRefusedException)
        {
            return $"Events stay held there unless {sha.Short} is newer than {from.Short}.";
        }
    }

    /// <summary>
    /// It contains what was rolled back. Where the branch was set back, so that it doesn't any more, its head is newer all the same; a
    /// commit beside it isn't, for what the hold keeps back may be older than that.
    /// </summary>
    /// <exception cref="RetryLaterException">GitHub can't be used now.</exception>
    public async Task<bool> IsNewerAsync(
        RepositoryId repository, TargetName target, CommitSha sha, CommitSha from, RepositoryClient github, CancellationToken cancellationToken) =>
        await github.Commits.CompareAsync(from, sha, cancellationToken) switch
        {
            { Status: ComparisonStatus.Ahead } => true,
            { Status: ComparisonStatus.Behind or ComparisonStatus.Identical } => false,
            _ => await IsHeadAsync(repository, target, sha, from, cancellationToken),
        };

    /// <returns>The newer of two commits; of two beside each other the first.</returns>
    /// <exception cref="RetryLaterException">GitHub can't be used now.</exception>
    public static async Task<CommitSha> NewerAsync(CommitSha first, CommitSha second, RepositoryClient github, CancellationToken cancellationToken) =>
        first != second && await github.Commits.CompareAsync(first, second, cancellationToken) is { Status: ComparisonStatus.Ahead } ? second : first;

    private Task<bool> IsHeadAsync(RepositoryId repository, TargetName target, CommitSha sha, CommitSha from, CancellationToken cancellationToken)
    {
        var left = db.Deployments.Where(row => row.RepositoryId == repository && row.Sha == from && row.Target == target);
        return db.RefHeads.AnyAsync(
            head => head.RepositoryId == repository && head.Sha == sha && left.Any(row => row.Ref == head.Ref), cancellationToken);
    }
}

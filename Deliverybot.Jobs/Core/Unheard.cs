using System.Linq.Expressions;
using Deliverybot.Data;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Core;

/// <summary>
/// A deployment of which nobody tells anything, in a repository in which nobody ever has: probably nothing there listens for
/// deployments, and whoever set it up has yet to learn that something must.
/// </summary>
internal sealed class Unheard(DeliverybotContext db, TimeProvider time)
{
    /// <summary>A runner that is on its way has told something by then.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    public const string Sentence =
        "Nobody has reported on a deployment of this repository yet. Deliverybot creates them; a workflow on: deployment, a job with environment: or another program has to carry them out and say how they go.";

    /// <summary>It is ours, and was at GitHub when we last heard of it.</summary>
    public static readonly Expression<Func<Deployment, bool>> RowsWithoutWord = row =>
        row.State == DeploymentState.Pending && row.StatusAt == null && row.Cause != DeploymentCause.External;

    private static readonly Func<Deployment, bool> WithoutWord = RowsWithoutWord.Compile();

    /// <summary>What GitHub says of how to listen.</summary>
    public const string HowTo = "https://docs.github.com/actions/reference/events-that-trigger-workflows#deployment";

    /// <summary>Of these, the ones that nothing is heard of. Nothing is asked where there are none.</summary>
    public async Task<IReadOnlySet<DeploymentId>> AmongAsync(
        RepositoryId repository, IEnumerable<Deployment> wishes, CancellationToken cancellationToken)
    {
        var latest = time.GetUtcNow() - Patience;
        var silent = wishes
            .Where(wish => WithoutWord(wish) && wish.DeployedAt <= latest)
            .Select(wish => wish.Id)
            .ToHashSet();
        if (silent.Count > 0 && await Reported(db.Deployments).AnyAsync(row => row.RepositoryId == repository, cancellationToken))
        {
            silent.Clear();
        }

        return silent;
    }

    /// <summary>Those that somebody has reported on. What is in error or inactive may be so by our own word.</summary>
    public static IQueryable<Deployment> Reported(IQueryable<Deployment> rows) => rows.Where(row => row.SucceededAt != null
        || (row.StatusAt != null && row.State != DeploymentState.Error && row.State != DeploymentState.Inactive));
}

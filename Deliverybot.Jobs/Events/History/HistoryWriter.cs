using Deliverybot.Data;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Installations;
using Deliverybot.Jobs.Core;
using Deliverybot.Jobs.Core.Reports;
using Deliverybot.Jobs.Events.Deployments;
using Deliverybot.Jobs.GitHub.Deployments;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Events.History;

/// <summary>Writes down deployments as GitHub has kept them, with every step.</summary>
internal sealed class HistoryWriter(
    DeliverybotContext db, OthersDeployments others, DeploymentRows deployments, ReportedStatuses reported, UncountedSuccesses uncounted, TimeProvider time)
{
    /// <summary>
    /// Those that no event has told of, or not yet how they ended; the oldest first: the order in which they are written is the order in which
    /// they came.
    /// </summary>
    public async Task<IReadOnlyList<GitHubDeployment>> UntoldAsync(IReadOnlyList<GitHubDeployment> found, CancellationToken cancellationToken)
    {
        var rows = await db.Deployments.AsNoTracking()
            .Numbered([.. found.Select(deployment => deployment.Id)])
            .Where(row => row.State != DeploymentState.Pending && row.State != DeploymentState.InProgress)
            .Select(row => new { row.GitHubId, row.CarriedOutBy })
            .ToListAsync(cancellationToken);
        var known = rows.SelectMany(row => new[] { row.GitHubId, row.CarriedOutBy }).ToHashSet();
        return
        [
            .. found
                .Where(deployment => !known.Contains(deployment.Id))
                .OrderBy(deployment => deployment.Id.Value),
        ];
    }

    /// <param name="statuses">What was reported of it.</param>
    public async Task AddAsync(
        Repository repository, GitHubDeployment found, IReadOnlyList<GitHubDeploymentStatus> statuses, CancellationToken cancellationToken)
    {
        db.ChangeTracker.Clear();
        // What a job ran for it doesn't tell: of those that pull requests' jobs filed it is assumed that their ref says so.
        var seen = SeenDeployment.Of(found, time.GetUtcNow());
        var doesNotCount = await others.WhyNotAsync(repository, seen, cancellationToken);
        await using var turn = await Turn.TakeAsync(db, repository.Id, seen.Environment.Key, cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var row = await deployments.FindOrAddAsync(turn, repository, seen, doesNotCount, cancellationToken);
        foreach (var status in statuses.OrderBy(status => status.Id))
        {
            await reported.ApplyAsync(turn, row, seen.Id, ReportedStatus.Of(status, row.StatusAt ?? row.CreatedAt), cancellationToken);
        }

        row.UpdatedAt = row.StatusAt ?? seen.CreatedAt;
        await db.SaveChangesAsync(cancellationToken);
        await uncounted.GiveBackAsync(turn, row, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }
}

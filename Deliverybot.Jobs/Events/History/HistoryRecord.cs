using System.Text.Json;
using Deliverybot.Data;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Installations;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Core;
using Deliverybot.Jobs.Events.Deployments;
using Deliverybot.Jobs.Events.Shapes;
using Deliverybot.Jobs.GitHub.Deployments;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Events.History;

/// <summary>Writes down deployments as GitHub has kept them, with every step.</summary>
internal sealed class HistoryRecord(DeliverybotContext db, OthersDeployments others, DeploymentBook deployments, UncountedSuccesses uncounted, TimeProvider time)
{
    /// <summary>Those that no event has told of, the oldest first: the order in which they are written is the order in which they came.</summary>
    public async Task<IReadOnlyList<GitHubDeployment>> UnknownAsync(IReadOnlyList<GitHubDeployment> found, CancellationToken cancellationToken)
    {
        var ids = found.Select(deployment => deployment.Id).ToList();
        var known = await db.Deployments.AsNoTracking()
            .Where(row => ids.Contains(row.GitHubId!.Value) || ids.Contains(row.CarriedOutBy!.Value))
            .Select(row => new { row.GitHubId, row.CarriedOutBy })
            .ToListAsync(cancellationToken);
        return
        [
            .. found
                .Where(deployment => !known.Exists(row => row.GitHubId == deployment.Id || row.CarriedOutBy == deployment.Id))
                .OrderBy(deployment => deployment.Id.Value),
        ];
    }

    /// <param name="repository">Whose deployment it is.</param>
    /// <param name="found">The deployment.</param>
    /// <param name="statuses">What was reported of it.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    public async Task AddAsync(
        Repository repository, GitHubDeployment found, IReadOnlyList<GitHubDeploymentStatus> statuses, CancellationToken cancellationToken)
    {
        db.ChangeTracker.Clear();
        // GitHub's history doesn't tell what a job ran for: of those that pull requests' jobs filed it is assumed that their ref says so.
        var told = Told(found).Dated(time.GetUtcNow());
        var doesNotCount = await others.WhyNotAsync(repository, told, run: default, cancellationToken);
        await using var turn = await Turn.TakeAsync(db, repository.Id, found.Environment.Key, cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var row = await deployments.FindOrAddAsync(turn, repository, told, run: default, doesNotCount, cancellationToken);
        // Of several jobs that carried out one of ours, the last tells how it goes.
        var counts = row.GitHubId == found.Id || row.CarriedOutBy == found.Id;
        foreach (var status in statuses.Where(_ => counts).OrderBy(status => status.Id))
        {
            if (status.Id > row.StatusId && StatusWords.Read(status.State) is { State: { } state } reported)
            {
                Apply(row, status, state, reported);
            }
        }

        row.UpdatedAt = row.StatusAt ?? told.CreatedAt;
        await db.SaveChangesAsync(cancellationToken);
        await uncounted.GiveBackAsync(turn, row, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private void Apply(Deployment row, GitHubDeploymentStatus status, DeploymentState state, ReportedState reported)
    {
        var at = status.CreatedAt ?? row.StatusAt ?? row.CreatedAt;
        row.StatusId = status.Id;
        row.StatusAt = at;
        row.AwaitsApproval = reported.AwaitsApprovalAfter(row);
        row.State = state;
        row.LogUrl = NullIfEmpty(status.LogUrl) ?? row.LogUrl;
        row.EnvironmentUrl = NullIfEmpty(status.EnvironmentUrl) ?? row.EnvironmentUrl;
        row.Reason = NullIfEmpty(status.Description) is { } words ? Sentence.Plain(words) : null;
        row.Note(state, at);
        db.DeploymentSteps.Add(new DeploymentStep
        {
            DeploymentId = row.Id,
            State = state,
            AwaitsApproval = reported.AwaitsApproval,
            At = at,
            Description = NullIfEmpty(status.Description),
            LogUrl = NullIfEmpty(status.LogUrl),
        });
    }

    private static EventDeployment Told(GitHubDeployment found) => new(
        found.Id,
        found.Sha,
        found.Named,
        found.Task,
        found.Environment,
        found.Description,
        found.Creator is { Login.Value.Length: > 0 } creator ? new EventAccount(creator.Id.Value, creator.Login.Value, null) : null,
        found.CreatedAt,
        found.ProductionEnvironment,
        found.TransientEnvironment,
        found.Payload ?? default(JsonElement));

    private static string? NullIfEmpty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}

using System.Text.Json;
using Deliverybot.Data;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Installations;
using Deliverybot.Jobs.Deliveries.Events;
using Deliverybot.Jobs.Deploying;
using Deliverybot.Jobs.GitHub.Deployments;
using Deliverybot.Jobs.Statuses;
using Microsoft.EntityFrameworkCore;
using DeploymentState = Deliverybot.Data.Deploying.DeploymentState;

namespace Deliverybot.Jobs.History;

/// <summary>Writes down deployments as GitHub has kept them, with every step.</summary>
internal sealed class HistoryRecord(DeliverybotContext db, DeploymentBook deployments)
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
        await using var turn = await Turn.TakeAsync(db, repository.Id, found.Environment.Key, cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var row = await deployments.FindOrAddAsync(repository, Told(found), cancellationToken);
        // Of several jobs that carried out one of ours, the last tells how it goes.
        var counts = row.GitHubId == found.Id || row.CarriedOutBy == found.Id;
        foreach (var status in statuses.Where(_ => counts).OrderBy(status => status.Id))
        {
            if (StateOf(status) is { } state && status.Id > row.StatusId)
            {
                Apply(row, status, state);
            }
        }

        row.UpdatedAt = row.StatusAt ?? found.CreatedAt;
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private void Apply(Deployment row, GitHubDeploymentStatus status, DeploymentState state)
    {
        row.StatusId = status.Id;
        row.StatusAt = status.CreatedAt;
        row.State = state;
        row.LogUrl = NullIfEmpty(status.LogUrl) ?? row.LogUrl;
        row.EnvironmentUrl = NullIfEmpty(status.EnvironmentUrl) ?? row.EnvironmentUrl;
        row.Reason = NullIfEmpty(status.Description);
        row.SucceededAt ??= state is DeploymentState.Success ? status.CreatedAt : null;
        row.EndedAt ??= state.IsActive() ? null : status.CreatedAt;
        db.DeploymentSteps.Add(new DeploymentStep
        {
            DeploymentId = row.Id,
            State = state,
            At = status.CreatedAt,
            Description = row.Reason,
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
        found.Creator is { } creator ? new EventAccount(0, creator.Login.Value, null) : null,
        found.CreatedAt,
        found.ProductionEnvironment,
        found.TransientEnvironment,
        found.Payload ?? default(JsonElement));

    private static DeploymentState? StateOf(GitHubDeploymentStatus status) => status.State switch
    {
        GitHub.Deployments.DeploymentState.Queued
            or GitHub.Deployments.DeploymentState.Pending
            or GitHub.Deployments.DeploymentState.Waiting => DeploymentState.Pending,
        GitHub.Deployments.DeploymentState.InProgress => DeploymentState.InProgress,
        GitHub.Deployments.DeploymentState.Success => DeploymentState.Success,
        GitHub.Deployments.DeploymentState.Failure => DeploymentState.Failure,
        GitHub.Deployments.DeploymentState.Error => DeploymentState.Error,
        GitHub.Deployments.DeploymentState.Inactive => DeploymentState.Inactive,
        GitHub.Deployments.DeploymentState.Unknown => null,
        _ => null,
    };

    private static string? NullIfEmpty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}

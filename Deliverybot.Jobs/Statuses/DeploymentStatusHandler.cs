using Deliverybot.Data;
using Deliverybot.Data.Deliveries;
using Deliverybot.Data.Deploying;
using Deliverybot.Jobs.Deliveries;
using Deliverybot.Jobs.Deliveries.Events;
using Deliverybot.Jobs.Deploying;
using Deliverybot.Jobs.Installations;

namespace Deliverybot.Jobs.Statuses;

/// <summary>Whoever carries out a deployment reports how it goes.</summary>
internal sealed class DeploymentStatusHandler(
    DeliverybotContext db,
    RepositoryBook repositories,
    DeploymentBook deployments,
    WaitingWishes waiting,
    DueCommitStatuses statuses,
    TimeProvider time) : IDeliveryHandler
{
    public async Task HandleAsync(WebhookDelivery delivery, CancellationToken cancellationToken)
    {
        var told = delivery.Read(EventJson.Default.DeploymentStatusEvent);
        if (await repositories.SeeAsync(told.Repository, delivery.InstallationId, cancellationToken) is not { } repository
            || StatusWords.Read(told.DeploymentStatus.State) is not { } state)
        {
            return;
        }

        if (!await ApplyAsync(repository, told, state, cancellationToken))
        {
            return;
        }

        if (!state.IsActive())
        {
            await waiting.EnvironmentFreedAsync(repository.Id, told.Deployment.Environment.Key, cancellationToken);
        }

        if (state is DeploymentState.Success)
        {
            await waiting.TargetReachedAsync(repository.Id, cancellationToken);
        }
    }

    /// <returns>Whether the state changed, so that others may go on.</returns>
    private async Task<bool> ApplyAsync(
        Data.Installations.Repository repository, DeploymentStatusEvent told, DeploymentState state, CancellationToken cancellationToken)
    {
        await using var turn = await Turn.TakeAsync(db, repository.Id, told.Deployment.Environment.Key, cancellationToken);
        var deployment = await deployments.FindOrAddAsync(repository, told.Deployment, cancellationToken);
        var status = told.DeploymentStatus;
        if (status.Id <= deployment.StatusId || IsOvertakenByActions(deployment, told, state))
        {
            // Told again: those it wakes may not have been woken the first time, nor may anybody have been told.
            await HearLateAsync(deployment, told, state, cancellationToken);
            statuses.Note(deployment);
            return status.Id == deployment.StatusId || deployment.SucceededAt == status.CreatedAt;
        }

        // One that was refused at once has its state already, and nobody was woken by it.
        var changed = deployment.State != state || deployment.StatusAt is null;
        deployment.StatusId = status.Id;
        deployment.StatusAt = status.CreatedAt;
        deployment.State = state;
        deployment.UpdatedAt = time.GetUtcNow();
        deployment.LogUrl = NullIfEmpty(status.LogUrl) ?? NullIfEmpty(status.TargetUrl) ?? deployment.LogUrl;
        deployment.EnvironmentUrl = NullIfEmpty(status.EnvironmentUrl) ?? deployment.EnvironmentUrl;
        deployment.Reason = NullIfEmpty(status.Description);
        if (state is DeploymentState.Success)
        {
            deployment.SucceededAt ??= status.CreatedAt;
        }

        if (state is DeploymentState.Success or DeploymentState.Failure or DeploymentState.Error or DeploymentState.Inactive)
        {
            deployment.EndedAt ??= status.CreatedAt;
        }

        db.DeploymentSteps.Add(StepOf(deployment, status, state));
        await db.SaveChangesAsync(cancellationToken);
        statuses.Note(deployment);
        return changed;
    }

    /// <summary>A success of which we hear when the deployment is inactive already: it did succeed, and what comes after it may go on.</summary>
    private async Task HearLateAsync(
        Deployment deployment, DeploymentStatusEvent told, DeploymentState state, CancellationToken cancellationToken)
    {
        var status = told.DeploymentStatus;
        if (state is not DeploymentState.Success || IsOfEarlierJob(deployment, told)
            || status.Id >= deployment.StatusId || deployment.SucceededAt is not null)
        {
            return;
        }

        deployment.SucceededAt = status.CreatedAt;
        deployment.EndedAt = status.CreatedAt;
        db.DeploymentSteps.Add(StepOf(deployment, status, state));
        await db.SaveChangesAsync(cancellationToken);
    }

    private static DeploymentStep StepOf(Deployment deployment, DeploymentStatusEvent.Status status, DeploymentState state) => new()
    {
        DeploymentId = deployment.Id,
        State = state,
        At = status.CreatedAt,
        Description = NullIfEmpty(status.Description),
        LogUrl = NullIfEmpty(status.LogUrl) ?? NullIfEmpty(status.TargetUrl),
    };

    /// <summary>
    /// When a job's own deployment succeeds, GitHub makes earlier ones of the environment inactive, and ours and those of earlier jobs are
    /// among them: it is not gone, it is what the job has carried out. Of several jobs the last one tells how ours goes, unless an earlier
    /// one fails. What has succeeded once stays live while another job goes on with it.
    /// </summary>
    private static bool IsOvertakenByActions(Deployment deployment, DeploymentStatusEvent told, DeploymentState state) => deployment.CarriedOutBy switch
    {
        null => false,
        { } last when told.Deployment.Id == last => deployment.State is DeploymentState.Success && state.IsActive(),
        _ when IsOfEarlierJob(deployment, told) => state is not (DeploymentState.Failure or DeploymentState.Error),
        _ => state is DeploymentState.Inactive,
    };

    private static bool IsOfEarlierJob(Deployment deployment, DeploymentStatusEvent told) =>
        deployment.CarriedOutBy is { } last && told.Deployment.Id != last && told.Deployment.Id != deployment.GitHubId;

    private static string? NullIfEmpty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}

using Deliverybot.Data;
using Deliverybot.Data.Deliveries;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Channels.Statuses;
using Deliverybot.Jobs.Core;
using Deliverybot.Jobs.Core.Locks;
using Deliverybot.Jobs.Core.Repositories;
using Deliverybot.Jobs.Events.Deliveries;
using Deliverybot.Jobs.Events.Shapes;
using Deliverybot.Jobs.GitHub.Transport;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Events.Deployments;

/// <summary>Whoever carries out a deployment reports how it goes.</summary>
internal sealed class DeploymentStatusHandler(
    DeliverybotContext db,
    RepositoryBook repositories,
    OthersDeployments others,
    DeploymentBook deployments,
    UncountedSuccesses uncounted,
    WaitingWishes waiting,
    Holds holds,
    DueCommitStatuses statuses,
    TimeProvider time) : IDeliveryHandler
{
    public async Task HandleAsync(WebhookDelivery delivery, CancellationToken cancellationToken)
    {
        var told = delivery.Read(EventJson.Default.DeploymentStatusEvent).Dated(delivery.ReceivedAt);
        if (await repositories.SeeAsync(told.Repository.AsSeen(), delivery.InstallationId, cancellationToken) is not { } repository
            || await ApplyAsync(repository, told, cancellationToken) is not { } deployment)
        {
            return;
        }

        var reached = StatusWords.Read(told.DeploymentStatus.State).State;
        if (reached?.IsActive() is false)
        {
            await waiting.EnvironmentFreedAsync(repository.Id, told.Deployment.Environment.Key, cancellationToken);
        }

        if (reached is DeploymentState.Success)
        {
            await holds.ReachedAsync(deployment, cancellationToken);
            await waiting.TargetReachedAsync(repository.Id, cancellationToken);
        }
    }

    /// <returns>The deployment, where its state changed, so that others may go on.</returns>
    private async Task<Deployment?> ApplyAsync(
        Data.Installations.Repository repository, DeploymentStatusEvent told, CancellationToken cancellationToken)
    {
        var doesNotCount = await others.WhyNotAsync(repository, told.Deployment, told.Run, cancellationToken);
        await using var turn = await Turn.TakeAsync(db, repository.Id, told.Deployment.Environment.Key, cancellationToken);
        var deployment = await deployments.FindOrAddAsync(turn, repository, told.Deployment, told.Run, doesNotCount, cancellationToken);
        var status = told.DeploymentStatus;
        var reported = StatusWords.Read(status.State);
        var state = reported.State ?? deployment.State;
        if (status.Id <= deployment.StatusId || IsOvertakenByActions(deployment, told, state)
            || (state is DeploymentState.Inactive && await uncounted.HaveEndedAsync(deployment, told.Deployment, status.CreatedAt, cancellationToken)))
        {
            // Told again: those it wakes may not have been woken the first time, nor may anybody have been told.
            var hasReached = await HearLateAsync(deployment, told, reported, cancellationToken);
            statuses.Note(deployment);
            await NoteFollowersAsync(deployment, cancellationToken);
            return status.Id == deployment.StatusId || hasReached ? deployment : null;
        }

        // One that was refused at once has its state already, and nobody was woken by it.
        var changed = deployment.State != state || deployment.StatusAt is null;
        deployment.StatusId = status.Id;
        deployment.StatusAt = status.CreatedAt;
        deployment.AwaitsApproval = reported.AwaitsApprovalAfter(deployment);
        deployment.State = state;
        deployment.UpdatedAt = time.GetUtcNow();
        deployment.LogUrl = NullIfEmpty(status.LogUrl) ?? NullIfEmpty(status.TargetUrl) ?? deployment.LogUrl;
        deployment.EnvironmentUrl = NullIfEmpty(status.EnvironmentUrl) ?? deployment.EnvironmentUrl;
        var isOurs = IsOurs(deployment, status);
        if (!isOurs)
        {
            deployment.Reason = StatusWords.Told(status.Description, status.State, reported, deployment.Environment) is { } words ? Sentence.Plain(words) : null;
        }

        if (reported.State is { } known)
        {
            deployment.Note(known, status.CreatedAt);
        }

        db.DeploymentSteps.Add(StepOf(deployment, isOurs ? status with { Description = null } : status, reported));
        await db.SaveChangesAsync(cancellationToken);
        await uncounted.GiveBackAsync(turn, deployment, cancellationToken);
        statuses.Note(deployment);
        await NoteFollowersAsync(deployment, cancellationToken);
        return changed ? deployment : null;
    }

    /// <summary>Events' wishes that ended because somebody else was bringing their commit: their statuses say how that goes.</summary>
    private async Task NoteFollowersAsync(Deployment deployment, CancellationToken cancellationToken)
    {
        if (deployment.Cause is DeploymentCause.External && !deployment.State.IsActive())
        {
            var followers = await db.Deployments.AsNoTracking()
                .Where(wish => wish.RepositoryId == deployment.RepositoryId && wish.Sha == deployment.Sha && wish.EnvironmentKey == deployment.EnvironmentKey)
                .Where(wish => wish.State == DeploymentState.Superseded && wish.CommitStatus != null && wish.CommitStatus.StartsWith(TargetStatus.Pending))
                .ToListAsync(cancellationToken);
            followers.ForEach(statuses.Note);
        }
    }

    /// <summary>
    /// A success of which we hear when something newer was told of it already: it did succeed, and what comes after it may go on. Done
    /// once more on an older deployment, it counts from the last time.
    /// </summary>
    /// <returns>Whether what comes after it may not have been woken yet.</returns>
    private async Task<bool> HearLateAsync(
        Deployment deployment, DeploymentStatusEvent told, ReportedState reported, CancellationToken cancellationToken)
    {
        var status = told.DeploymentStatus;
        if (reported.State is DeploymentState.InProgress && deployment.AwaitsApproval && !deployment.State.IsActive())
        {
            // It was approved, and what came of it was told first.
            deployment.AwaitsApproval = false;
            await db.SaveChangesAsync(cancellationToken);
        }

        if (reported.State is not DeploymentState.Success || IsOfEarlierJob(deployment, told) || status.Id >= deployment.StatusId)
        {
            return false;
        }

        if (deployment.NoteSuccess(status.CreatedAt))
        {
            deployment.EndedAt = deployment.State.IsActive() ? deployment.EndedAt : status.CreatedAt;
            db.DeploymentSteps.Add(StepOf(deployment, status, reported));
            await db.SaveChangesAsync(cancellationToken);
        }

        return deployment.SucceededAt == status.CreatedAt || deployment.FirstSucceededAt == status.CreatedAt;
    }

    /// <summary>What we have told GitHub comes back as mere text: the row's own sentence knows who is named in it, and is kept.</summary>
    private static bool IsOurs(Deployment deployment, DeploymentStatusEvent.Status status) =>
        deployment.Reason is { IsEmpty: false } reason && status.Description == DescriptionLength.Cut(reason.ToString());

    private static DeploymentStep StepOf(Deployment deployment, DeploymentStatusEvent.Status status, ReportedState reported) => new()
    {
        DeploymentId = deployment.Id,
        State = reported.State ?? deployment.State,
        AwaitsApproval = reported.AwaitsApproval,
        At = status.CreatedAt,
        Description = StatusWords.Told(status.Description, status.State, reported, deployment.Environment),
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

using Deliverybot.Data;
using Deliverybot.Data.Deliveries;
using Deliverybot.Data.Deploying;
using Deliverybot.Jobs.Changes;
using Deliverybot.Jobs.Core;
using Deliverybot.Jobs.Core.Locks;
using Deliverybot.Jobs.Core.Reports;
using Deliverybot.Jobs.Core.Repositories;
using Deliverybot.Jobs.Events.Deliveries;
using Deliverybot.Jobs.Events.Shapes;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Events.Deployments;

/// <summary>Whoever carries out a deployment reports how it goes.</summary>
internal sealed class DeploymentStatusHandler(
    DeliverybotContext db,
    KnownRepositories repositories,
    OthersDeployments others,
    DeploymentRows deployments,
    ReportedStatuses reported,
    UncountedSuccesses uncounted,
    WaitingWishes waiting,
    HoldEnds holds,
    Outbox outbox) : IDeliveryHandler
{
    public async Task HandleAsync(WebhookDelivery delivery, CancellationToken cancellationToken)
    {
        var told = delivery.Read(EventJson.Default.DeploymentStatusEvent);
        var seen = SeenDeployment.Of(told.Deployment, told.Run, delivery.ReceivedAt);
        var status = told.DeploymentStatus.AsReported(delivery.ReceivedAt);
        if (await repositories.SeeAsync(told.Repository.AsSeen(), delivery.InstallationId, cancellationToken) is not { } repository
            || await ApplyAsync(repository, seen, status, cancellationToken) is not { } deployment)
        {
            return;
        }

        var reached = status.Reported.State;
        if (reached?.IsActive() is false)
        {
            await waiting.EnvironmentFreedAsync(repository.Id, seen.Environment.Key, cancellationToken);
        }

        if (reached is DeploymentState.Success)
        {
            await holds.ReachedAsync(deployment, cancellationToken);
            await waiting.ArrivedAsync(deployment, cancellationToken);
            await waiting.TargetReachedAsync(repository.Id, cancellationToken);
        }
        else if (reached is not null and not DeploymentState.Inactive)
        {
            await waiting.TargetTriedAsync(
                repository.Id, deployment.Sha, failed: reached is DeploymentState.Failure or DeploymentState.Error, cancellationToken);
        }
    }

    /// <returns>The deployment, where others may go on because of its state.</returns>
    private async Task<Deployment?> ApplyAsync(
        Data.Installations.Repository repository, SeenDeployment seen, ReportedStatus status, CancellationToken cancellationToken)
    {
        var doesNotCount = await others.WhyNotAsync(repository, seen, cancellationToken);
        await using var turn = await Turn.TakeAsync(db, repository.Id, seen.Environment.Key, cancellationToken);
        var deployment = await deployments.FindOrAddAsync(turn, repository, seen, doesNotCount, cancellationToken);
        var heard = await reported.ApplyAsync(turn, deployment, seen.Id, status, cancellationToken);
        // Also where it is told again: nobody may have been told of it the first time.
        await NoteAsync(deployment, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        if (heard.IsNew)
        {
            await uncounted.GiveBackAsync(turn, deployment, cancellationToken);
        }

        return heard.LetsOthersGoOn ? deployment : null;
    }

    /// <summary>
    /// With it those events' wishes that ended because somebody else was bringing their commit: their statuses say how that goes. To be
    /// saved with what is told.
    /// </summary>
    private async Task NoteAsync(Deployment deployment, CancellationToken cancellationToken)
    {
        outbox.Add(deployment);
        if (deployment.Cause is DeploymentCause.External && !deployment.State.IsActive())
        {
            var followers = await db.Deployments.AsNoTracking()
                .Where(wish => wish.RepositoryId == deployment.RepositoryId && wish.Sha == deployment.Sha && wish.EnvironmentKey == deployment.EnvironmentKey)
                .Where(wish => wish.State == DeploymentState.Superseded)
                .SayingPending()
                .ToListAsync(cancellationToken);
            followers.ForEach(follower => outbox.Add(follower));
        }
    }
}

/// <summary>A deployment was made, by us or by others: "what is live" is to be whole.</summary>
internal sealed class DeploymentHandler(DeliverybotContext db, KnownRepositories repositories, OthersDeployments others, DeploymentRows deployments) : IDeliveryHandler
{
    public async Task HandleAsync(WebhookDelivery delivery, CancellationToken cancellationToken)
    {
        var told = delivery.Read(EventJson.Default.DeploymentEvent);
        var seen = SeenDeployment.Of(told.Deployment, told.Run, delivery.ReceivedAt);
        if (await repositories.SeeAsync(told.Repository.AsSeen(), delivery.InstallationId, cancellationToken) is not { } repository)
        {
            return;
        }

        var doesNotCount = await others.WhyNotAsync(repository, seen, cancellationToken);
        await using var turn = await Turn.TakeAsync(db, repository.Id, seen.Environment.Key, cancellationToken);
        await deployments.FindOrAddAsync(turn, repository, seen, doesNotCount, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
    }
}

using Deliverybot.Data;
using Deliverybot.Data.Deliveries;
using Deliverybot.Jobs.Deliveries;
using Deliverybot.Jobs.Deliveries.Events;
using Deliverybot.Jobs.Deploying;
using Deliverybot.Jobs.Installations;

namespace Deliverybot.Jobs.Statuses;

/// <summary>A deployment was made, by us or by others: "what is live" is to be whole.</summary>
internal sealed class DeploymentHandler(DeliverybotContext db, RepositoryBook repositories, DeploymentBook deployments) : IDeliveryHandler
{
    public async Task HandleAsync(WebhookDelivery delivery, CancellationToken cancellationToken)
    {
        var told = delivery.Read(EventJson.Default.DeploymentEvent);
        if (await repositories.SeeAsync(told.Repository, delivery.InstallationId, cancellationToken) is not { } repository)
        {
            return;
        }

        await using var turn = await Turn.TakeAsync(db, repository.Id, told.Deployment.Environment.Key, cancellationToken);
        await deployments.FindOrAddAsync(repository, told.Deployment, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
    }
}

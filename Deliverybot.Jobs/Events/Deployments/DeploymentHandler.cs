using Deliverybot.Data;
using Deliverybot.Data.Deliveries;
using Deliverybot.Jobs.Core;
using Deliverybot.Jobs.Core.Repositories;
using Deliverybot.Jobs.Events.Deliveries;
using Deliverybot.Jobs.Events.Shapes;

namespace Deliverybot.Jobs.Events.Deployments;

/// <summary>A deployment was made, by us or by others: "what is live" is to be whole.</summary>
internal sealed class DeploymentHandler(DeliverybotContext db, RepositoryBook repositories, OthersDeployments others, DeploymentBook deployments) : IDeliveryHandler
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

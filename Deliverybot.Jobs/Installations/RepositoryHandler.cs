using Deliverybot.Data;
using Deliverybot.Data.Deliveries;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Deliveries;
using Deliverybot.Jobs.Deliveries.Events;
using Deliverybot.Jobs.Deploying;
using Deliverybot.Jobs.History;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Installations;

/// <summary>A repository was created, renamed, transferred, archived or deleted. Rows follow by its id, which stays.</summary>
internal sealed class RepositoryHandler(
    DeliverybotContext db, RepositoryBook repositories, Histories histories, WishRecord record) : IDeliveryHandler
{
    public async Task HandleAsync(WebhookDelivery delivery, CancellationToken cancellationToken)
    {
        var told = delivery.Read(EventJson.Default.RepositoryEvent);
        if (told.Action is "deleted")
        {
            if (delivery.InstallationId is { } installation)
            {
                await repositories.RemoveAsync(installation, [new RepositoryId(told.Repository.Id)], cancellationToken);
            }

            return;
        }

        if (await repositories.SeeAsync(told.Repository, delivery.InstallationId, cancellationToken) is not { } repository)
        {
            return;
        }

        switch (told.Action)
        {
            case "created":
                await histories.MarkAsReadAsync(repository.Id, cancellationToken);
                break;
            case "archived":
                await EndWaitingAsync(repository.Id, $"{repository.FullName} was archived.", cancellationToken);
                break;
        }
    }

    private async Task EndWaitingAsync(RepositoryId repository, string reason, CancellationToken cancellationToken)
    {
        var wishes = await db.Deployments
            .Where(wish => wish.RepositoryId == repository && wish.State == DeploymentState.Waiting)
            .ToListAsync(cancellationToken);
        foreach (var wish in wishes)
        {
            await record.CancelAsync(wish, reason, cancellationToken);
        }
    }
}

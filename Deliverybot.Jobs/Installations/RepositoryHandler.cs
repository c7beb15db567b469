using Deliverybot.Data.Deliveries;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Deliveries;
using Deliverybot.Jobs.Deliveries.Events;
using Deliverybot.Jobs.Deploying;
using Deliverybot.Jobs.History;

namespace Deliverybot.Jobs.Installations;

/// <summary>A repository was created, renamed, transferred, archived or deleted. Rows follow by its id, which stays.</summary>
internal sealed class RepositoryHandler(RepositoryBook repositories, Histories histories, WaitingWishes waiting) : IDeliveryHandler
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
                await waiting.CancelAllAsync(repository.Id, $"{repository.FullName} was archived.", cancellationToken);
                break;
        }
    }
}

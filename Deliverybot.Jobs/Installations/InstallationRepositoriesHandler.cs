using Deliverybot.Data.Deliveries;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Deliveries;
using Deliverybot.Jobs.Deliveries.Events;
using Deliverybot.Jobs.History;

namespace Deliverybot.Jobs.Installations;

/// <summary>The App was let into repositories, or put out of them: then all that is kept of those goes.</summary>
internal sealed class InstallationRepositoriesHandler(
    InstallationBook installations, RepositoryBook repositories, Histories histories) : IDeliveryHandler
{
    public async Task HandleAsync(WebhookDelivery delivery, CancellationToken cancellationToken)
    {
        var told = delivery.Read(EventJson.Default.InstallationRepositoriesEvent);
        var id = new InstallationId(told.Installation.Id);
        if (told.RepositoriesRemoved is [_, ..] removed)
        {
            await repositories.RemoveAsync(id, removed.Select(repository => new RepositoryId(repository.Id)), cancellationToken);
        }

        if (told.RepositoriesAdded is [_, ..] added && await installations.ExistsAsync(id, cancellationToken))
        {
            await repositories.AddAsync(id, added, cancellationToken);
            if (!told.IsOnAll)
            {
                // Else they have just been created and have no history; should they have one, the hourly job reads it.
                histories.Request(added.Select(repository => new RepositoryId(repository.Id)));
            }
        }
    }
}

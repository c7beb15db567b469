using Deliverybot.Data.Deliveries;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Deliveries;
using Deliverybot.Jobs.Deliveries.Events;
using Deliverybot.Jobs.History;

namespace Deliverybot.Jobs.Installations;

/// <summary>
/// The App was installed, suspended, or taken away: then all that is kept of the account goes with it. Such events may come
/// in any order, so each but the last only makes us ask how the installation is now.
/// </summary>
internal sealed class InstallationHandler(InstallationBook installations, RepositoryBook repositories, Histories histories) : IDeliveryHandler
{
    public async Task HandleAsync(WebhookDelivery delivery, CancellationToken cancellationToken)
    {
        var told = delivery.Read(EventJson.Default.InstallationEvent);
        var id = new InstallationId(told.Installation.Id);
        if (told.Action is "deleted")
        {
            await installations.RemoveAsync(id, cancellationToken);
        }
        else if (await installations.AskAsync(id, cancellationToken) && told is { Action: "created", Repositories: { } covered })
        {
            await repositories.AddAsync(id, covered, cancellationToken);
            histories.Request(covered.Select(repository => new RepositoryId(repository.Id)));
        }
    }
}

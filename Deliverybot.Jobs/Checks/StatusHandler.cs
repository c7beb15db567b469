using Deliverybot.Data.Deliveries;
using Deliverybot.Jobs.Deliveries;
using Deliverybot.Jobs.Deliveries.Events;
using Deliverybot.Jobs.Deploying;
using Deliverybot.Jobs.Gates;
using Deliverybot.Jobs.Installations;

namespace Deliverybot.Jobs.Checks;

/// <summary>A commit status that turned good may be what a wish waits for; of one that turned bad the wish says so.</summary>
internal sealed class StatusHandler(RepositoryBook repositories, WaitingWishes waiting) : IDeliveryHandler
{
    public async Task HandleAsync(WebhookDelivery delivery, CancellationToken cancellationToken)
    {
        var status = delivery.Read(EventJson.Default.StatusEvent);
        if (status.State is "pending" || await repositories.SeeAsync(status.Repository, delivery.InstallationId, cancellationToken) is not { } repository)
        {
            return;
        }

        await (status.State is "success"
            ? waiting.CheckPassedAsync(repository.Id, status.Sha, status.Context, cancellationToken)
            : waiting.CheckFailedAsync(repository.Id, status.Sha, new UnmetCheck(status.Context, status.State), cancellationToken));
    }
}

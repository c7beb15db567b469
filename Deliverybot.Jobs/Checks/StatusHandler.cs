using Deliverybot.Data.Deliveries;
using Deliverybot.Jobs.Deliveries;
using Deliverybot.Jobs.Deliveries.Events;
using Deliverybot.Jobs.Deploying;
using Deliverybot.Jobs.Installations;

namespace Deliverybot.Jobs.Checks;

/// <summary>A commit status that turned good may be what a wish waits for.</summary>
internal sealed class StatusHandler(RepositoryBook repositories, WaitingWishes waiting) : IDeliveryHandler
{
    public async Task HandleAsync(WebhookDelivery delivery, CancellationToken cancellationToken)
    {
        var status = delivery.Read(EventJson.Default.StatusEvent);
        if (status.State is "success" && await repositories.SeeAsync(status.Repository, delivery.InstallationId, cancellationToken) is { } repository)
        {
            await waiting.CheckEndedAsync(repository.Id, status.Sha, status.Context, cancellationToken);
        }
    }
}

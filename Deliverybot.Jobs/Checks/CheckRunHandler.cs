using Deliverybot.Data.Deliveries;
using Deliverybot.Jobs.Deliveries;
using Deliverybot.Jobs.Deliveries.Events;
using Deliverybot.Jobs.Deploying;
using Deliverybot.Jobs.Installations;

namespace Deliverybot.Jobs.Checks;

/// <summary>A check run that ended without a fault may be what a wish waits for.</summary>
internal sealed class CheckRunHandler(RepositoryBook repositories, WaitingWishes waiting) : IDeliveryHandler
{
    public async Task HandleAsync(WebhookDelivery delivery, CancellationToken cancellationToken)
    {
        var check = delivery.Read(EventJson.Default.CheckRunEvent);
        if (check is { Action: "completed", CheckRun: { Conclusion: "success" or "neutral" or "skipped" } run }
            && await repositories.SeeAsync(check.Repository, delivery.InstallationId, cancellationToken) is { } repository)
        {
            await waiting.CheckEndedAsync(repository.Id, run.HeadSha, run.Name, cancellationToken);
        }
    }
}

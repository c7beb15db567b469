using Deliverybot.Data.Deliveries;
using Deliverybot.Jobs.Deliveries;
using Deliverybot.Jobs.Deliveries.Events;
using Deliverybot.Jobs.Deploying;
using Deliverybot.Jobs.Installations;

namespace Deliverybot.Jobs.Checks;

/// <summary>A suite that ended without a fault may turn a skipped check of it good.</summary>
internal sealed class CheckSuiteHandler(RepositoryBook repositories, WaitingWishes waiting) : IDeliveryHandler
{
    public async Task HandleAsync(WebhookDelivery delivery, CancellationToken cancellationToken)
    {
        var check = delivery.Read(EventJson.Default.CheckSuiteEvent);
        if (check is { Action: "completed", CheckSuite: { Conclusion: "success" or "neutral" or "skipped" } suite }
            && await repositories.SeeAsync(check.Repository, delivery.InstallationId, cancellationToken) is { } repository)
        {
            await waiting.SuiteEndedAsync(repository.Id, suite.HeadSha, cancellationToken);
        }
    }
}

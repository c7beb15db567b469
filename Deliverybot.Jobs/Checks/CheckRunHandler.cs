using Deliverybot.Data.Deliveries;
using Deliverybot.Jobs.Deliveries;
using Deliverybot.Jobs.Deliveries.Events;
using Deliverybot.Jobs.Deploying;
using Deliverybot.Jobs.Gates;
using Deliverybot.Jobs.Installations;

namespace Deliverybot.Jobs.Checks;

/// <summary>A check run that ended without a fault may be what a wish waits for; of one that failed the wish says so.</summary>
internal sealed class CheckRunHandler(RepositoryBook repositories, WaitingWishes waiting) : IDeliveryHandler
{
    public async Task HandleAsync(WebhookDelivery delivery, CancellationToken cancellationToken)
    {
        var check = delivery.Read(EventJson.Default.CheckRunEvent);
        if (check is not { Action: "completed", CheckRun: { Conclusion: { } conclusion } run }
            || await repositories.SeeAsync(check.Repository, delivery.InstallationId, cancellationToken) is not { } repository)
        {
            return;
        }

        await (conclusion is "success" or UnmetCheck.Neutral or UnmetCheck.Skipped
            ? waiting.CheckPassedAsync(repository.Id, run.HeadSha, run.Name, cancellationToken)
            : waiting.CheckFailedAsync(repository.Id, run.HeadSha, new UnmetCheck(run.Name, conclusion), cancellationToken));
    }
}

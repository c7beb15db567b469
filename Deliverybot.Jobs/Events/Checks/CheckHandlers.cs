using Deliverybot.Data.Deliveries;
using Deliverybot.Jobs.Core;
using Deliverybot.Jobs.Core.Repositories;
using Deliverybot.Jobs.Events.Deliveries;
using Deliverybot.Jobs.Events.Shapes;
using Deliverybot.Jobs.Gates;

namespace Deliverybot.Jobs.Events.Checks;

/// <summary>A commit status that turned good may be what a wish waits for; of one that turned bad the wish says so.</summary>
internal sealed class StatusHandler(KnownRepositories repositories, WaitingWishes waiting) : IDeliveryHandler
{
    public async Task HandleAsync(WebhookDelivery delivery, CancellationToken cancellationToken)
    {
        var status = delivery.Read(EventJson.Default.StatusEvent);
        if (status.State is "pending" || await repositories.SeeAsync(status.Repository.AsSeen(), delivery.InstallationId, cancellationToken) is not { } repository)
        {
            return;
        }

        await (status.State is "success"
            ? waiting.CheckPassedAsync(repository.Id, status.Sha, status.Context, cancellationToken)
            : waiting.CheckFailedAsync(repository.Id, status.Sha, new UnmetCheck(status.Context, status.State), cancellationToken));
    }
}

/// <summary>A check run that ended without a fault may be what a wish waits for; of one that failed the wish says so.</summary>
internal sealed class CheckRunHandler(KnownRepositories repositories, WaitingWishes waiting) : IDeliveryHandler
{
    public async Task HandleAsync(WebhookDelivery delivery, CancellationToken cancellationToken)
    {
        var check = delivery.Read(EventJson.Default.CheckRunEvent);
        if (check is not { Action: "completed", CheckRun: { Conclusion: { } conclusion } run }
            || await repositories.SeeAsync(check.Repository.AsSeen(), delivery.InstallationId, cancellationToken) is not { } repository)
        {
            return;
        }

        await (conclusion is "success" or UnmetCheck.Neutral or UnmetCheck.Skipped
            ? waiting.CheckPassedAsync(repository.Id, run.HeadSha, run.Name, cancellationToken)
            : waiting.CheckFailedAsync(repository.Id, run.HeadSha, new UnmetCheck(run.Name, conclusion), cancellationToken));
    }
}

/// <summary>A suite that ended without a fault may turn a skipped check of it good.</summary>
internal sealed class CheckSuiteHandler(KnownRepositories repositories, WaitingWishes waiting) : IDeliveryHandler
{
    public async Task HandleAsync(WebhookDelivery delivery, CancellationToken cancellationToken)
    {
        var check = delivery.Read(EventJson.Default.CheckSuiteEvent);
        if (check is { Action: "completed", CheckSuite: { Conclusion: "success" or "neutral" or "skipped" } suite }
            && await repositories.SeeAsync(check.Repository.AsSeen(), delivery.InstallationId, cancellationToken) is { } repository)
        {
            await waiting.SuiteEndedAsync(repository.Id, suite.HeadSha, cancellationToken);
        }
    }
}

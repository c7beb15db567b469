using Deliverybot.Data.Deliveries;
using Deliverybot.Jobs.Deliveries;
using Deliverybot.Jobs.Deliveries.Events;

namespace Deliverybot.Jobs.Live;

/// <summary>A push to the default branch is news for the repository's open pages.</summary>
internal sealed class HeadNewsHandler(HeadNews news) : IDeliveryHandler
{
    public Task HandleAsync(WebhookDelivery delivery, CancellationToken cancellationToken)
    {
        if (delivery.RepositoryId is { } repository && delivery.Read(EventJson.Default.PushEvent).IsToDefaultBranch)
        {
            news.Moved(repository);
        }

        return Task.CompletedTask;
    }
}

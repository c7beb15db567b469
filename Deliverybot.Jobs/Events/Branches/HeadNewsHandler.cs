using Deliverybot.Data.Deliveries;
using Deliverybot.Jobs.Channels.Pages;
using Deliverybot.Jobs.Events.Deliveries;
using Deliverybot.Jobs.Events.Shapes;

namespace Deliverybot.Jobs.Events.Branches;

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

using Deliverybot.Data;
using Deliverybot.Data.Deliveries;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Installations;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Core;
using Deliverybot.Jobs.Core.Repositories;
using Deliverybot.Jobs.Events.Deliveries;
using Deliverybot.Jobs.Events.History;
using Deliverybot.Jobs.Events.Shapes;
using Deliverybot.Jobs.GitHub;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Events.Installations;

/// <summary>A repository was created, renamed, transferred, archived or deleted. Rows follow by its id, which stays.</summary>
internal sealed class RepositoryHandler(
    DeliverybotContext db, KnownRepositories repositories, Removals removals, Histories histories, WishWriter writer, GitHubClients github) : IDeliveryHandler
{
    public async Task HandleAsync(WebhookDelivery delivery, CancellationToken cancellationToken)
    {
        var told = delivery.Read(EventJson.Default.RepositoryEvent);
        if (told.Action is "deleted")
        {
            if (delivery.InstallationId is { } installation)
            {
                await removals.RepositoriesAsync(installation, [new RepositoryId(told.Repository.Id)], cancellationToken);
            }

            return;
        }

        if (await repositories.SeeAsync(told.Repository.AsSeen(), delivery.InstallationId, cancellationToken) is not { } repository)
        {
            return;
        }

        switch (told.Action)
        {
            case "created":
                await histories.MarkAsReadAsync(repository.Id, cancellationToken);
                break;
            case "archived" when await IsArchivedAsync(repository, cancellationToken):
                await EndWaitingAsync(repository.Id, $"{repository.FullName} was archived.", cancellationToken);
                break;
        }
    }

    /// <summary>It may have been let go on since.</summary>
    private async Task<bool> IsArchivedAsync(Repository repository, CancellationToken cancellationToken) =>
        await github.Installation(repository.InstallationId).FindRepositoryAsync(repository.Id, cancellationToken) is { Archived: true };

    private async Task EndWaitingAsync(RepositoryId repository, Sentence reason, CancellationToken cancellationToken)
    {
        var wishes = await db.Deployments
            .Where(wish => wish.RepositoryId == repository && wish.State == DeploymentState.Waiting)
            .ToListAsync(cancellationToken);
        foreach (var wish in wishes)
        {
            await writer.CancelAsync(wish, reason, cancellationToken);
        }
    }
}

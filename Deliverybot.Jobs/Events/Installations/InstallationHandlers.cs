using Deliverybot.Data;
using Deliverybot.Data.Deliveries;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Core.Repositories;
using Deliverybot.Jobs.Events.Deliveries;
using Deliverybot.Jobs.Events.History;
using Deliverybot.Jobs.Events.Shapes;
using Deliverybot.Jobs.GitHub.Transport;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Events.Installations;

/// <summary>
/// The App was installed, suspended, or taken away: then all that is kept of the account goes with it. Such events may come
/// in any order and at any time, so each only makes us ask how the installation is now.
/// </summary>
internal sealed class InstallationHandler(
    DeliverybotContext db,
    KnownInstallations installations,
    KnownRepositories repositories,
    Removals removals,
    Histories histories,
    Entrance entrance,
    DispatchSignal signal) : IDeliveryHandler
{
    public async Task HandleAsync(WebhookDelivery delivery, CancellationToken cancellationToken)
    {
        var told = delivery.Read(EventJson.Default.InstallationEvent);
        var id = new InstallationId(told.Installation.Id);
        if (told.Action is "deleted")
        {
            await removals.InstallationAsync(id, cancellationToken);
        }
        else if (await installations.AskAsync(id, cancellationToken) && told is { Action: "created", Repositories: { } covered })
        {
            await repositories.AddAsync(id, [.. covered.Select(repository => repository.AsSeen())], cancellationToken);
            histories.Request(covered.Select(repository => new RepositoryId(repository.Id)));
        }

        if (told.Action is "unsuspend")
        {
            await WakeAsync(id, delivery, cancellationToken);
        }
    }

    /// <summary>What the suspension has held up goes on now; jobs may be repeated, so one that is still to come does no harm.</summary>
    private async Task WakeAsync(InstallationId id, WebhookDelivery told, CancellationToken cancellationToken)
    {
        entrance.Open(EntryFaults.Of(id));
        await db.WebhookDeliveries
            .Where(row => row.InstallationId == id && row.ProcessedAt == null && row.DispatchedAt != null && row.Id != told.Id)
            .ExecuteUpdateAsync(row => row.SetProperty(held => held.DispatchedAt, (DateTimeOffset?)null), cancellationToken);
        signal.Raise();
    }
}

/// <summary>The App was let into repositories, or put out of them: then all that is kept of those goes.</summary>
internal sealed class InstallationRepositoriesHandler(
    KnownInstallations installations, KnownRepositories repositories, Removals removals, Histories histories) : IDeliveryHandler
{
    public async Task HandleAsync(WebhookDelivery delivery, CancellationToken cancellationToken)
    {
        var told = delivery.Read(EventJson.Default.InstallationRepositoriesEvent);
        var id = new InstallationId(told.Installation.Id);
        if (told.RepositoriesRemoved is [_, ..] removed)
        {
            await removals.RepositoriesAsync(id, removed.Select(repository => new RepositoryId(repository.Id)), cancellationToken);
        }

        if (told.RepositoriesAdded is [_, ..] added && await installations.ExistsAsync(id, cancellationToken))
        {
            await repositories.AddAsync(id, [.. added.Select(repository => repository.AsSeen())], cancellationToken);
            if (!told.IsOnAll)
            {
                // Else they have just been created and have no history; should they have one, the hourly job reads it.
                histories.Request(added.Select(repository => new RepositoryId(repository.Id)));
            }
        }
    }
}

using Deliverybot.Data;
using Deliverybot.Data.Deliveries;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Deliveries;
using Deliverybot.Jobs.Deliveries.Events;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Installations;

/// <summary>The App was installed, suspended, or taken away: then all that is kept of the account goes with it.</summary>
internal sealed class InstallationHandler(DeliverybotContext db, TimeProvider time) : IDeliveryHandler
{
    public async Task HandleAsync(WebhookDelivery delivery, CancellationToken cancellationToken)
    {
        var told = delivery.Read(EventJson.Default.InstallationEvent);
        var id = new InstallationId(told.Installation.Id);
        if (told.Action is "deleted")
        {
            await db.Installations.Where(installation => installation.Id == id).ExecuteDeleteAsync(cancellationToken);
            return;
        }

        var suspendedAt = told.Action is "suspend" ? told.Installation.SuspendedAt ?? time.GetUtcNow() : (DateTimeOffset?)null;
        await db.Database.ExecuteSqlAsync(
            $"""
             insert into installations (id, account, suspended_at, created_at)
             values ({id.Value}, {told.Installation.Account.Login}, {suspendedAt}, {time.GetUtcNow()})
             on conflict (id) do update set account = excluded.account, suspended_at = excluded.suspended_at
             """,
            cancellationToken);
    }
}

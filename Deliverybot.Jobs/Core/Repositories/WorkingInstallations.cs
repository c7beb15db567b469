using Deliverybot.Data;
using Deliverybot.Data.Installations;

namespace Deliverybot.Jobs.Core.Repositories;

internal static class WorkingInstallations
{
    /// <summary>The repositories for which something may be done: those of suspended installations are left alone.</summary>
    public static IQueryable<Repository> WorkingRepositories(this DeliverybotContext db) =>
        db.Repositories.Where(repository =>
            db.Installations.Any(installation => installation.Id == repository.InstallationId && installation.SuspendedAt == null));
}

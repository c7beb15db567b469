using Deliverybot.Data;
using Deliverybot.Data.Names;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Core.Repositories;

/// <summary>What is wrong with the <c>deploy.yml</c> of default branches: whoever looks over many repositories sees it without a call to GitHub for each.</summary>
internal sealed class DeployFileFaults(DeliverybotContext db, TimeProvider time)
{
    /// <param name="fault">Null: it is sound, or nobody meant it for us.</param>
    public Task NoteAsync(RepositoryId repository, string? fault, CancellationToken cancellationToken)
    {
        var at = fault is null ? (DateTimeOffset?)null : time.GetUtcNow();
        return db.Repositories
            .Where(row => row.Id == repository && row.DeployFileFault != fault)
            .ExecuteUpdateAsync(row => row.SetProperty(known => known.DeployFileFault, fault).SetProperty(known => known.DeployFileFaultAt, at), cancellationToken);
    }

    /// <summary>Somebody has read the file, and it is sound: the push that mended it may have been lost. What was found since stays.</summary>
    /// <param name="asked">Before it was read.</param>
    public Task ForgetAsync(RepositoryId repository, DateTimeOffset asked, CancellationToken cancellationToken) => db.Repositories
        .Where(row => row.Id == repository && row.DeployFileFault != null && row.DeployFileFaultAt < asked)
        .ExecuteUpdateAsync(
            row => row.SetProperty(known => known.DeployFileFault, (string?)null).SetProperty(known => known.DeployFileFaultAt, (DateTimeOffset?)null), cancellationToken);
}

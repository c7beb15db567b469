using Deliverybot.Data;
using Deliverybot.Data.Names;
using Hangfire;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.History;

/// <summary>Which repositories' deployments from before the App came are still to be read.</summary>
internal sealed class Histories(DeliverybotContext db, IBackgroundJobClientV2 jobs, TimeProvider time)
{
    /// <summary>Has them read, a job each. Those that have been read are left alone.</summary>
    public void Request(IEnumerable<RepositoryId> repositories)
    {
        foreach (var repository in repositories)
        {
            jobs.Enqueue<ReadHistoryJob>(job => job.RunAsync(repository.Value, CancellationToken.None));
        }
    }

    /// <summary>Nothing is left to read.</summary>
    public Task MarkAsReadAsync(RepositoryId id, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return db.Repositories
            .Where(repository => repository.Id == id && repository.HistoryReadAt == null)
            .ExecuteUpdateAsync(row => row.SetProperty(repository => repository.HistoryReadAt, now), cancellationToken);
    }
}

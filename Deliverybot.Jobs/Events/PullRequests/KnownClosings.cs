using Deliverybot.Data;
using Deliverybot.Data.Names;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Events.PullRequests;

/// <summary>Remembers which pull requests were told to be closed, for GitHub doesn't promise that what was told before comes before.</summary>
internal sealed class KnownClosings(DeliverybotContext db, TimeProvider time)
{
    public Task<bool> IncludeAsync(RepositoryId repository, PullRequestNumber number, CancellationToken cancellationToken) =>
        db.ClosedPullRequests.AnyAsync(closed => closed.RepositoryId == repository && closed.PullRequest == number, cancellationToken);

    public Task AddAsync(RepositoryId repository, PullRequestNumber number, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlAsync(
            $"""
             insert into closed_pull_requests (repository_id, pull_request, told_at) values ({repository.Value}, {number.Value}, {time.GetUtcNow()})
             on conflict (repository_id, pull_request) do update set told_at = excluded.told_at
             """,
            cancellationToken);

    /// <summary>GitHub says that it is open.</summary>
    public Task RemoveAsync(RepositoryId repository, PullRequestNumber number, CancellationToken cancellationToken) =>
        db.ClosedPullRequests
            .Where(closed => closed.RepositoryId == repository && closed.PullRequest == number)
            .ExecuteDeleteAsync(cancellationToken);
}

using Deliverybot.Data;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Deploying;
using Deliverybot.Jobs.GitHub;
using Deliverybot.Jobs.GitHub.Commits;
using Deliverybot.Jobs.Links;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Deliverybot.Jobs.Statuses;

/// <summary>Tells a commit at GitHub how it stands at a target.</summary>
internal sealed partial class CommitStatusWriter(
    DeliverybotContext db, GitHubClients github, SiteLinks links, TimeProvider time, ILogger<CommitStatusWriter> logger)
{
    /// <summary>Writes what is true of the wish now, unless that stands there already.</summary>
    /// <exception cref="RetryLaterException">GitHub can't be used now.</exception>
    public async Task WriteAsync(DeploymentId id, CancellationToken cancellationToken)
    {
        if (await ReadAsync(id, cancellationToken) is not { } seen)
        {
            return;
        }

        // One writes at a time, and reads the row only then: so an older text never overwrites a newer one.
        await using var turn = await Turn.TakeAsync(
            db, seen.RepositoryId, $"{Contexts.Of(seen.Target)} of {seen.Sha}", cancellationToken);
        if (await ReadAsync(id, cancellationToken) is not { } wish
            || TargetStatus.Of(wish, time.GetUtcNow()) is not { } status
            || status.Memo == wish.CommitStatus)
        {
            return;
        }

        await SendAsync(wish, status, cancellationToken);
        await RememberAsync(wish, status, cancellationToken);
    }

    /// <summary>A refusal never harms the deployment; it counts as written, so that it isn't tried for ever.</summary>
    private async Task SendAsync(Deployment wish, TargetStatus status, CancellationToken cancellationToken)
    {
        var repository = await db.Repositories.AsNoTracking().SingleAsync(row => row.Id == wish.RepositoryId, cancellationToken);
        var client = github.Installation(repository.InstallationId).Repository(repository.FullName);
        var link = links.Deployment(repository.FullName, wish.Id);
        try
        {
            await client.CommitStatuses.CreateAsync(
                wish.Sha, new NewCommitStatus(status.State, Contexts.Of(wish.Target), status.Text, link), cancellationToken);
        }
        catch (GitHubRefusedException refused)
        {
            Log.Refused(logger, Contexts.Of(wish.Target), wish.Sha.Short, repository.FullName, (int)refused.Status, refused.Words);
        }
    }

    /// <summary>In the environment's turn, so that nobody who decides there finds his row changed under his hands.</summary>
    private async Task RememberAsync(Deployment wish, TargetStatus status, CancellationToken cancellationToken)
    {
        await using var turn = await Turn.TakeAsync(db, wish.RepositoryId, wish.EnvironmentKey, cancellationToken);
        await db.Deployments
            .Where(row => row.Id == wish.Id)
            .ExecuteUpdateAsync(row => row.SetProperty(changed => changed.CommitStatus, status.Memo), cancellationToken);
    }

    private Task<Deployment?> ReadAsync(DeploymentId id, CancellationToken cancellationToken) =>
        db.Deployments.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken);

    private static partial class Log
    {
        [LoggerMessage(
            LogLevel.Warning,
            "GitHub refused the commit status {Context} on {Sha} of {Repository} with {Status}: {Words}. Deployments go on without it. Check that the App has the permission \"Commit statuses: write\" and that its installation has accepted it.")]
        public static partial void Refused(ILogger logger, string context, string sha, RepositoryName repository, int status, string words);
    }
}

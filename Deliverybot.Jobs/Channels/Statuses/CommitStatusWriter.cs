using Deliverybot.Data;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Core;
using Deliverybot.Jobs.Core.Repositories;
using Deliverybot.Jobs.GitHub;
using Deliverybot.Jobs.GitHub.Commits;
using Deliverybot.Jobs.GitHub.Transport;
using Deliverybot.Jobs.Links;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Deliverybot.Jobs.Channels.Statuses;

/// <summary>Tells a commit at GitHub how it stands at a target.</summary>
internal sealed partial class CommitStatusWriter(
    DeliverybotContext db, KnownRepositories repositories, GitHubClients github, SiteLinks links, Pauses pauses, TimeProvider time, ILogger<CommitStatusWriter> logger)
{
    /// <summary>Writes what is true of the wish now, unless that stands there already.</summary>
    /// <param name="seen">The wish as somebody has read it.</param>
    /// <exception cref="RetryLaterException">GitHub can't be used now.</exception>
    public async Task WriteAsync(Deployment seen, CancellationToken cancellationToken)
    {
        for (var next = seen; next is not null;)
        {
            next = await WriteUnlessMovedAsync(next, cancellationToken);
        }
    }

    /// <returns>The wish, where it is for another commit by now.</returns>
    private async Task<Deployment?> WriteUnlessMovedAsync(Deployment seen, CancellationToken cancellationToken)
    {
        // One writes at a time, and reads the row only then: so an older text never overwrites a newer one.
        await using var writing = await AdvisoryLock.TakeAsync(
            db, seen.RepositoryId, $"{Contexts.Of(seen.Target)} of {seen.Sha}", cancellationToken);
        if (await ReadAsync(seen.Id, cancellationToken) is not { } wish)
        {
            return null;
        }

        if (wish.Sha != seen.Sha)
        {
            return wish;
        }

        await WriteUnlessToldAsync(wish, cancellationToken);
        return null;
    }

    private async Task WriteUnlessToldAsync(Deployment wish, CancellationToken cancellationToken)
    {
        if (TargetStatus.Of(wish, time.GetUtcNow(), await OtherAsync(wish, cancellationToken)) is not { } status
            || status.Memo == wish.CommitStatus)
        {
            return;
        }

        if (await StandingAsync(wish, cancellationToken) is { } said && TargetStatus.OfStanding(said, time.GetUtcNow()) is { } standing)
        {
            await YieldAsync(wish, said, standing, cancellationToken);
            return;
        }

        await SendAsync(wish, wish.Sha, status, cancellationToken);
        await RememberAsync(wish, status, cancellationToken);
    }

    /// <summary>
    /// A commit has one status for a target, and several may have wished for it. Of what waits or came to nothing, another wish may say
    /// better how the commit stands there, as pages have it.
    /// </summary>
    /// <returns>Null where the wish's own text is the one to be read.</returns>
    private async Task<Deployment?> StandingAsync(Deployment wish, CancellationToken cancellationToken)
    {
        if (wish.State is not DeploymentState.Waiting && !wish.State.CameToNothing(wish.AwaitsApproval))
        {
            return null;
        }

        var all = await db.Deployments.AsNoTracking()
            .Where(row => row.RepositoryId == wish.RepositoryId && row.Sha == wish.Sha && row.EnvironmentKey == wish.EnvironmentKey && row.Target == wish.Target)
            .OrderByDescending(row => row.Id)
            .ToListAsync(cancellationToken);
        var said = all.OrderBy(row => CommitStanding.Rank(row.State, row.AwaitsApproval, row.DoesNotCount is null, row.Cause)).FirstOrDefault();
        return said is null || said.Id == wish.Id ? null : said;
    }

    /// <summary>What the other wish has said stays, or is said again where this one has written over it since.</summary>
    private async Task YieldAsync(Deployment wish, Deployment to, TargetStatus standing, CancellationToken cancellationToken)
    {
        var stands = to.CommitStatus == standing.Memo && to.Id > wish.Id;
        if (!stands && wish.SaysPending() && wish.CommitStatus != standing.Memo)
        {
            await SendAsync(to, to.Sha, standing, cancellationToken);
            await RememberAsync(to, standing, cancellationToken);
        }

        if (wish.State is not DeploymentState.Waiting && wish.CommitStatus != standing.Memo)
        {
            await RememberAsync(wish, standing, cancellationToken);
        }
    }

    /// <summary>
    /// A commit was said to wait, and GitHub has taken a newer one in its place: nothing waits for it any more. Where somebody has wished
    /// for it since, that one's status is the truth.
    /// </summary>
    /// <exception cref="RetryLaterException">GitHub can't be used now.</exception>
    public async Task LeaveAsync(DeploymentId id, CommitSha meant, CancellationToken cancellationToken)
    {
        if (await ReadAsync(id, cancellationToken) is not { } wish || wish.Sha == meant)
        {
            return;
        }

        await using var writing = await AdvisoryLock.TakeAsync(db, wish.RepositoryId, $"{Contexts.Of(wish.Target)} of {meant}", cancellationToken);
        if (!await db.Deployments.AnyAsync(
            row => row.RepositoryId == wish.RepositoryId && row.Sha == meant && row.Target == wish.Target && row.Id > id && row.CommitStatus != null, cancellationToken))
        {
            await SendAsync(wish, meant, TargetStatus.Replaced(wish), cancellationToken);
        }
    }

    /// <summary>A refusal never harms the deployment; it counts as written, so that it isn't tried for ever.</summary>
    private async Task SendAsync(Deployment wish, CommitSha sha, TargetStatus status, CancellationToken cancellationToken)
    {
        if (await repositories.ConfirmAsync(wish.RepositoryId, cancellationToken) is not { } repository)
        {
            return;
        }

        var client = github.Installation(repository.InstallationId).Repository(repository.FullName);
        var link = links.Deployment(repository.FullName, wish.Id);
        try
        {
            await pauses.UnlessPausedAsync(wish.RepositoryId, Pauses.Statuses, () => client.CommitStatuses.CreateAsync(
                sha, new NewCommitStatus(status.State, Contexts.Of(wish.Target), status.Text, link), cancellationToken));
        }
        catch (GitHubRefusedException refused)
        {
            Log.Refused(logger, Contexts.Of(wish.Target), sha.Short, repository.FullName, (int)refused.Status, refused.Words);
        }
    }

    /// <summary>In the environment's turn, so that nobody who decides there finds the row changed under their hands.</summary>
    private async Task RememberAsync(Deployment wish, TargetStatus status, CancellationToken cancellationToken)
    {
        await using var turn = await Turn.TakeAsync(db, wish.RepositoryId, wish.EnvironmentKey, cancellationToken);
        await db.Deployments
            .Where(row => row.Id == wish.Id)
            .ExecuteUpdateAsync(row => row.SetProperty(changed => changed.CommitStatus, status.Memo), cancellationToken);
    }

    /// <summary>The deployment that brings the commit of a wish there, whoever made it: the last one.</summary>
    private async Task<Deployment?> OtherAsync(Deployment wish, CancellationToken cancellationToken) => TargetStatus.FollowsAnother(wish)
        ? await db.Deployments.AsNoTracking()
            .Where(row => row.RepositoryId == wish.RepositoryId && row.Sha == wish.Sha && row.EnvironmentKey == wish.EnvironmentKey)
            .Where(row => row.Task == wish.Task && row.GitHubId != null && row.DoesNotCount == null)
            .CountingFor(wish.Target)
            .OrderByDescending(row => row.GitHubId)
            .FirstOrDefaultAsync(cancellationToken)
        : null;

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

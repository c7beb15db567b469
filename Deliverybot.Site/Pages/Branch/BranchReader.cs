using Deliverybot.Data;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.DeployFile;
using Deliverybot.Jobs.GitHub;
using Deliverybot.Jobs.GitHub.GraphQl;
using Deliverybot.Jobs.GitHub.Transport;
using Deliverybot.Site.Pages.Shared;
using Deliverybot.Site.Rights;
using Deliverybot.Site.SignIn;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Site.Pages.Branch;

/// <summary>Brings together what GitHub knows of a branch (one GraphQL call) and what we know of its commits (one query).</summary>
/// <remarks>Where GitHub doesn't answer, the commits are those of which our own rows tell.</remarks>
internal sealed class BranchReader(
    UserSession session,
    GitHubClients gitHub,
    RememberedAccess remembered,
    RepositoryAuthorization authorization,
    DeliverybotContext database,
    PlacementsReader placements,
    DeployFiles deployFiles)
{
    private const int MostKnown = 30;

    /// <returns>Null if the user can't see such a repository.</returns>
    public async Task<BranchView?> ReadAsync(
        RepositoryName repository,
        GitRef? shown,
        string? cursor,
        string? search,
        CancellationToken cancellationToken)
    {
        try
        {
            return await AskAsync(repository, shown, cursor, search, cancellationToken);
        }
        catch (RetryLaterException fault) when (cursor is null && string.IsNullOrEmpty(search))
        {
            if (authorization.Recall(repository, fault) is { } access && (shown ?? access.DefaultBranch) is { } branch)
            {
                return await ReadKnownAsync(access, branch, cancellationToken);
            }

            throw;
        }
        catch (UserTokenEndedException)
        {
            remembered.Forget(session.Token);
            throw;
        }
        catch (GitHubRefusedException)
        {
            remembered.Forget(session.Token, repository);
            throw;
        }
    }

    /// <summary>What was wished for on the branch, the newest first.</summary>
    private async Task<BranchView> ReadKnownAsync(RepositoryAccess access, GitRef branch, CancellationToken cancellationToken)
    {
        var newest = await database.Deployments.AsNoTracking()
            .Where(row => row.RepositoryId == access.Id && row.Ref == branch)
            .GroupBy(row => row.Sha)
            .Select(commit => new { Sha = commit.Key, Wished = commit.Min(row => row.CreatedAt) })
            .OrderByDescending(commit => commit.Wished)
            .Take(MostKnown)
            .ToListAsync(cancellationToken);
        var badges = await placements.OfAsync(access.Id, [.. newest.Select(commit => commit.Sha)], cancellationToken);
        return new BranchView(
            access,
            branch,
            [
                .. newest.Select(commit => new CommitRow(
                    new BranchCommit(commit.Sha, $"Commit {commit.Sha.Short}", CommittedAt: null, "", null, null, CombinedState.Nothing, []),
                    ChecksView.Unanswered,
                    new Placements(access.Name, commit.Sha, badges.GetValueOrDefault(commit.Sha) ?? []))),
            ],
            NextCursor: null,
            RefChoice.Of([branch], 1, [], 0, access.DefaultBranch, isSearch: false),
            DeployFileState.Unreadable.Unanswered);
    }

    /// <returns>Null if the user can't see such a repository.</returns>
    private async Task<BranchView?> AskAsync(
        RepositoryName repository,
        GitRef? shown,
        string? cursor,
        string? search,
        CancellationToken cancellationToken)
    {
        var user = gitHub.User(session.Token);
        var deployFile = deployFiles.ReadAsync(user.Repository(repository), at: null, cancellationToken);
        var page = await user.ReadCommitsPageAsync(repository, shown, cursor, search, cancellationToken);
        if (page is null)
        {
            await ((Task)deployFile).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            remembered.Forget(session.Token, repository);
            return null;
        }

        var access = new RepositoryAccess(page.Id, page.Name, page.DefaultBranch, page.ViewerPermission, page.IsArchived);
        remembered.Remember(session.Token, repository, access);
        var badges = await placements.OfAsync(page.Id, [.. page.Commits.Select(commit => commit.Sha)], cancellationToken);
        return new BranchView(
            access,
            page.Shown,
            [
                .. page.Commits.Select(commit => new CommitRow(
                    commit,
                    ChecksView.Of(commit),
                    new Placements(page.Name, commit.Sha, badges.GetValueOrDefault(commit.Sha) ?? []))),
            ],
            page.NextCursor,
            RefChoice.Of(page.Branches, page.BranchCount, page.Tags, page.TagCount, page.DefaultBranch, isSearch: !string.IsNullOrEmpty(search)),
            await deployFile);
    }
}

using Deliverybot.Data.Names;
using Deliverybot.Jobs.DeployFile;
using Deliverybot.Jobs.GitHub;
using Deliverybot.Site.Pages.Shared;
using Deliverybot.Site.Rights;
using Deliverybot.Site.SignIn;

namespace Deliverybot.Site.Pages.Branch;

/// <summary>Brings together what GitHub knows of a branch (one GraphQL call) and what we know of its commits (one query).</summary>
internal sealed class BranchReader(
    UserSession session,
    GitHubClients gitHub,
    RememberedAccess remembered,
    PlacementsReader placements,
    DeployFiles deployFiles)
{
    /// <returns>Null if the user can't see such a repository.</returns>
    public async Task<BranchView?> ReadAsync(
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

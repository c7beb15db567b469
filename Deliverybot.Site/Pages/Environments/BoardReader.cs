using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.DeployFile;
using Deliverybot.Jobs.GitHub;
using Deliverybot.Jobs.GitHub.GraphQl;
using Deliverybot.Site.Rights;
using Deliverybot.Site.SignIn;

namespace Deliverybot.Site.Pages.Environments;

/// <summary>
/// Brings together what our rows say of the environments, what <c>deploy.yml</c> does, and what GitHub knows of the commits (one
/// GraphQL call for all).
/// </summary>
internal sealed class BoardReader(
    UserSession session,
    GitHubClients gitHub,
    RepositoryAuthorization authorization,
    BoardRowsReader rows,
    DeployFiles deployFiles)
{
    /// <summary>Of more commits than this only the numbers are shown.</summary>
    private const int MostHeadlines = 80;

    /// <returns>Null if the user can't see such a repository.</returns>
    public async Task<BoardView?> ReadAsync(RepositoryName repository, CancellationToken cancellationToken)
    {
        var access = await authorization.SeeAsync(repository, cancellationToken);
        if (access is null)
        {
            return null;
        }

        var user = gitHub.User(session.Token);
        var reading = deployFiles.ReadAsync(user.Repository(access.Name), at: null, cancellationToken);
        var found = await rows.ReadAsync(access.Id, cancellationToken);
        var deployFile = await reading;
        var places = PlacesOf(found, access.DefaultBranch);
        var commits = await EnvironmentCommitsQuery.RunAsync(
            user, access.Name, ShasOf(found), [.. places.Values.Distinct()], cancellationToken);
        if (commits is null)
        {
            return null;
        }

        var (environments, previews) = new BoardComposition(found, deployFile, commits, places).Compose();
        return new BoardView(access, deployFile, commits.Head, environments, previews);
    }

    /// <summary>Each live commit is measured against the branch it came from; one that came otherwise against the default branch.</summary>
    private static Dictionary<DeploymentId, PlacedCommit> PlacesOf(BoardRows found, GitRef? defaultBranch)
    {
        var places = new Dictionary<DeploymentId, PlacedCommit>();
        foreach (var live in found.Placed.Where(row => row.State == DeploymentState.Success && !row.TransientEnvironment))
        {
            if ((live is { PullRequest: null, Ref: { IsBranch: true } } ? live.Ref : defaultBranch) is { } branch)
            {
                places[live.Id] = new PlacedCommit(branch, live.Sha);
            }
        }

        return places;
    }

    private static IReadOnlyList<CommitSha> ShasOf(BoardRows found) =>
    [
        .. found.Placed.OrderBy(row => row.TransientEnvironment).ThenByDescending(row => row.Id)
            .Concat(found.Unfinished)
            .Concat(found.Recent.Where(row => row.State is DeploymentState.Failure or DeploymentState.Error))
            .Select(row => row.Sha)
            .Distinct()
            .Take(MostHeadlines),
    ];
}

using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Acts.Locks;
using Deliverybot.Jobs.Acts.Rollbacks;
using Deliverybot.Jobs.Core;
using Deliverybot.Jobs.DeployFile;
using Deliverybot.Jobs.GitHub;
using Deliverybot.Jobs.GitHub.GraphQl;
using Deliverybot.Jobs.GitHub.Transport;
using Deliverybot.Site.Addresses;
using Deliverybot.Site.Pages.Shared;
using Deliverybot.Site.Rights;
using Deliverybot.Site.SignIn;

namespace Deliverybot.Site.Pages.Environments;

/// <summary>
/// Brings together what our rows say of the environments, what <c>deploy.yml</c> does, and what GitHub knows of the commits that are
/// shown (one GraphQL call for all).
/// </summary>
internal sealed class BoardReader(
    UserSession session,
    GitHubClients gitHub,
    RepositoryAuthorization authorization,
    GitHubSilence silence,
    Standings standings,
    DeployFiles deployFiles,
    EnvironmentRollbacks rollbacks,
    EnvironmentRights rights,
    TargetLinesReader lines,
    Unheard unheard,
    ForcedPast forced,
    FailedEarlier failedEarlier,
    TimeProvider time)
{
    /// <summary>Of more commits than this only the numbers are shown.</summary>
    private const int MostHeadlines = 80;

    /// <returns>Null if the user can't see such a repository.</returns>
    public async Task<BoardView?> ReadAsync(RepositoryName repository, BoardQuery query, CancellationToken cancellationToken)
    {
        if (await authorization.LookAsync(repository, cancellationToken) is not { } access)
        {
            return null;
        }

        var (found, deployFile) = await FindAsync(access, cancellationToken, mayBeSilent: true);
        var board = new BoardComposition(found, deployFile, session.User, time.GetUtcNow()).Compose();
        var window = BoardWindow.Of(board, query);
        var places = PlacesOf(window, found, access.DefaultBranch);
        var commits = await silence.UnlessMetAsync(
            () => gitHub.User(session.Token).ReadEnvironmentCommitsAsync(access.Name, ShasOf(window), [.. places.Values.Distinct()], cancellationToken),
            EnvironmentCommits.None);
        if (commits is null)
        {
            authorization.Note(repository, seen: null);
            return null;
        }

        var silent = await unheard.AmongAsync(access.Id, [.. found.SelectMany(standing => standing.Coming)], cancellationToken);
        var past = await forced.AmongAsync(
            [.. found.SelectMany(standing => new[] { standing.Live, standing.Newest }.OfType<Deployment>().Concat(standing.Coming))], cancellationToken);
        var again = await failedEarlier.AmongAsync([.. found.SelectMany(standing => standing.Coming)], cancellationToken);
        var told = new BoardComposition(found, deployFile, commits, places, silent, past, again, session.User, time.GetUtcNow());
        return new BoardView(access, deployFile, commits.Head, board, window with { Rows = [.. window.Rows.Select(row => told.RowOf(row.Environment))] });
    }

    /// <summary>What one environment's form needs. GitHub is asked for the head alone, where that is deployed, and for the file.</summary>
    /// <returns>Null if the user may not act there, or there is no such environment.</returns>
    public async Task<RowFormView?> ReadFormAsync(
        RepositoryName repository, EnvironmentName environment, RowForm act, BoardQuery query, CancellationToken cancellationToken)
    {
        if (await authorization.SeeAsync(repository, cancellationToken) is not { CanWrite: true } access)
        {
            return null;
        }

        var (found, deployFile) = await FindAsync(access, cancellationToken);
        if (new BoardComposition(found, deployFile, session.User, time.GetUtcNow()).Compose().FirstOrDefault(row => row.Environment == environment) is not { } row)
        {
            return null;
        }

        var user = gitHub.User(session.Token);
        var head = act == RowForm.Deploy ? (await user.ReadEnvironmentCommitsAsync(access.Name, [], [], cancellationToken))?.Head : null;
        return new RowFormView(
            access,
            act,
            row,
            head,
            await JudgeAsync(access, row, deployFile, head, user, cancellationToken),
            act == RowForm.Rollback && row.RollbackPlace is { } place ? await ForeseeAsync(access, place, user, cancellationToken) : null,
            act == RowForm.Lock && deployFile is DeployFileState.Valid { Targets.All: var targets }
                ? await rights.RefusalAsync(access.Id, environment, targets, Permission.Lock, session.User, forLooking: true, cancellationToken)
                : null,
            Address.Environment(access.Name, query.Parts, environment));
    }

    /// <summary>What each target that deploys there would do with the head.</summary>
    private async Task<TargetLines?> JudgeAsync(
        RepositoryAccess access, EnvironmentRow row, DeployFileState deployFile, CommitSha? head, UserClient user, CancellationToken cancellationToken) =>
        head is { } sha && access.DefaultBranch is { } branch && row.Targets.Count > 0 && deployFile is DeployFileState.Valid { Targets: var targets }
            ? await lines.ReadAsync(access, sha, branch, targets.Only(row.Targets), user.Repository(access.Name), cancellationToken)
            : null;

    private async Task<RollbackPreview> ForeseeAsync(RepositoryAccess access, string place, UserClient user, CancellationToken cancellationToken)
    {
        try
        {
            return await rollbacks.PreviewAsync(access.Id, session.User, place, chosen: null, user.Repository(access.Name), cancellationToken);
        }
        catch (RetryLaterException later)
        {
            return new RollbackPreview(later.Reason, To: null);
        }
    }

    private async Task<(IReadOnlyList<Standing> Standings, DeployFileState DeployFile)> FindAsync(
        RepositoryAccess access, CancellationToken cancellationToken, bool mayBeSilent = false)
    {
        Task<DeployFileState> AskAsync() => deployFiles.ReadAsync(gitHub.User(session.Token).Repository(access.Name), at: null, cancellationToken);
        var reading = mayBeSilent ? silence.UnlessMetAsync(AskAsync, DeployFileState.Unreadable.Unanswered) : AskAsync();
        var found = await standings.ReadAsync(access.Id, only: null, cancellationToken);
        return (found, await reading);
    }

    /// <summary>Each live commit is measured against the branch it came from; one that came otherwise against the default branch.</summary>
    private static Dictionary<DeploymentId, PlacedCommit> PlacesOf(BoardWindow window, IReadOnlyList<Standing> found, GitRef? defaultBranch)
    {
        var shown = window.Rows.Select(row => row.Live?.Deployment).ToHashSet();
        var places = new Dictionary<DeploymentId, PlacedCommit>();
        foreach (var live in found.Select(standing => standing.Live).OfType<Deployment>().Where(row => shown.Contains(row.Id) && !row.TransientEnvironment))
        {
            if ((live is { PullRequest: null, Ref: { IsBranch: true } } ? live.Ref : defaultBranch) is { } branch)
            {
                places[live.Id] = new PlacedCommit(branch, live.Sha);
            }
        }

        return places;
    }

    private static IReadOnlyList<CommitSha> ShasOf(BoardWindow window) =>
    [
        .. window.Rows.Select(row => row.Live?.Sha).OfType<CommitSha>()
            .Concat(window.Rows.SelectMany(row => row.WayShown).Select(way => way.Sha))
            .Distinct()
            .Take(MostHeadlines),
    ];
}

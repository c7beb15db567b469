using Deliverybot.Data.Names;
using Deliverybot.Jobs.Acts.Rollbacks;
using Deliverybot.Jobs.DeployFile;
using Deliverybot.Jobs.GitHub;
using Deliverybot.Jobs.GitHub.Commits;
using Deliverybot.Site.Pages.Shared;
using Deliverybot.Site.Rights;
using Deliverybot.Site.SignIn;

namespace Deliverybot.Site.Pages.Branch;

/// <summary>
/// Says what can be done with a commit, and of each target what it would do, before anybody presses the button. It is read for the one
/// commit whose form is opened: a page of commits that carried all their forms would be heavy, and what it says soon out of date.
/// </summary>
internal sealed class DeployFormReader(
    UserSession session,
    GitHubClients gitHub,
    RepositoryAuthorization authorization,
    DeployFiles deployFiles,
    PlacementsReader placements,
    TargetLinesReader lines,
    EnvironmentRollbacks rollbacks)
{
    /// <param name="shown">The branch or tag that it is looked at on; null for the default branch.</param>
    /// <param name="returnUrl">The page to come back to.</param>
    /// <returns>Null if the user can't see such a repository, may only look, or it has no sound <c>deploy.yml</c>.</returns>
    public async Task<DeployFormView?> ReadAsync(
        RepositoryName name, CommitSha sha, GitRef? shown, string returnUrl, CancellationToken cancellationToken)
    {
        if (await authorization.SeeAsync(name, cancellationToken) is not { CanWrite: true } access || (shown ?? access.DefaultBranch) is not { } lookedAt)
        {
            return null;
        }

        var github = gitHub.User(session.Token).Repository(access.Name);
        if (await deployFiles.ReadAsync(github, at: null, cancellationToken) is not DeployFileState.Valid { Targets: var targets })
        {
            return null;
        }

        var badges = await placements.OfAsync(access.Id, [sha], cancellationToken);
        var offered = await lines.ReadAsync(access, sha, lookedAt, targets, github, cancellationToken);
        return new DeployFormView(
            access.Name,
            sha,
            lookedAt,
            offered,
            targets.All.Any(target => target.NeedsPromotion && offered.All.Any(line => line.Name == target.Name && line.CouldTake)) && !await IsPromotedAsync(sha, github, cancellationToken),
            await RollbacksAsync(access.Id, sha, badges.GetValueOrDefault(sha) ?? [], targets, github, cancellationToken),
            returnUrl);
    }

    /// <summary>
    /// Where the commit is live, and where it is what was tried last: people roll back because the newest attempt went wrong. Of an older
    /// attempt, another commit's row has it.
    /// </summary>
    private async Task<IReadOnlyList<RollbackChoice>> RollbacksAsync(
        RepositoryId repository, CommitSha sha, IReadOnlyList<PlacementBadge> badges, DeployTargets targets, RepositoryClient github, CancellationToken cancellationToken)
    {
        var choices = new List<RollbackChoice>();
        foreach (var badge in badges.Where(badge => badge.State.Page is PageState.Live or PageState.Failing or PageState.Busy))
        {
            var place = PlaceOf(badge.Environment, targets);
            var foreseen = await rollbacks.PreviewAsync(repository, session.User, place, chosen: null, github, cancellationToken);
            if (badge.State.Page is PageState.Live || foreseen.Tried == sha)
            {
                choices.Add(new RollbackChoice(badge.Environment, place, foreseen));
            }
        }

        return choices;
    }

    private static async Task<bool> IsPromotedAsync(CommitSha sha, RepositoryClient github, CancellationToken cancellationToken) =>
        (await github.CommitStatuses.ListAsync(sha, cancellationToken)).Any(status => status is { Context: Target.PromotionContext, State: CommitState.Success });

    private static string PlaceOf(EnvironmentName environment, DeployTargets targets) =>
        targets.All.Where(target => target.Environment.IsPlain && new EnvironmentName(target.Environment.Text) == environment).ToList() is [var only]
            ? only.Name.Value
            : environment.Value;
}

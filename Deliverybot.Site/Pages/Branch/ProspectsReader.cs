using Deliverybot.Data;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.DeployFile;
using Deliverybot.Jobs.Deploying;
using Deliverybot.Jobs.GitHub;
using Deliverybot.Site.Rights;
using Deliverybot.Site.SignIn;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Site.Pages.Branch;

/// <summary>Says of each target what it would do with a commit, before anybody presses the button.</summary>
internal sealed class ProspectsReader(
    UserSession session,
    GitHubClients gitHub,
    RepositoryAuthorization authorization,
    DeployFiles deployFiles,
    DeliverybotContext database,
    Prospects prospects)
{
    /// <returns>Null if the user can't see such a repository, or it has no sound <c>deploy.yml</c>.</returns>
    public async Task<TargetLines?> ReadAsync(RepositoryName name, CommitSha sha, GitRef? shown, CancellationToken cancellationToken)
    {
        if (await authorization.SeeAsync(name, cancellationToken) is not { } access)
        {
            return null;
        }

        var github = gitHub.User(session.Token).Repository(access.Name);
        if (await deployFiles.ReadAsync(github, at: null, cancellationToken) is not DeployFileState.Valid { Targets: var targets })
        {
            return null;
        }

        var repository = await database.Repositories.AsNoTracking().SingleOrDefaultAsync(row => row.Id == access.Id, cancellationToken);
        if (repository is null)
        {
            return new TargetLines(sha, [.. targets.All.Select(target => TargetLine.Unasked(target.Name))]);
        }

        var question = new ProspectQuestion { Repository = repository, Sha = sha, Ref = shown ?? access.DefaultBranch, By = session.Login };
        var found = await prospects.ReadAsync(question, targets, github, cancellationToken);
        return new TargetLines(sha, [.. found.Select(TargetLine.Of)]);
    }
}

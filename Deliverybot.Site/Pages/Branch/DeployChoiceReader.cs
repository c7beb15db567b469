using Deliverybot.Data.Names;
using Deliverybot.Jobs.DeployFile;
using Deliverybot.Jobs.GitHub;
using Deliverybot.Jobs.GitHub.Contents;
using Deliverybot.Site.SignIn;

namespace Deliverybot.Site.Pages.Branch;

/// <summary>Reads <c>deploy.yml</c> of the default branch, by the user's own rights.</summary>
internal sealed class DeployChoiceReader(UserSession session, GitHubClients gitHub)
{
    private const string Path = ".github/deploy.yml";

    public async Task<DeployChoice> ReadAsync(RepositoryName repository, CancellationToken cancellationToken)
    {
        var file = await gitHub.User(session.Token).Repository(repository).Contents.ReadAsync(Path, at: null, cancellationToken);
        return file switch
        {
            FileRead.Missing => new DeployChoice.NoFile(),
            FileRead.Unreadable(var reason) => new DeployChoice.Unreadable(reason),
            FileRead.Found found => DeployFileParser.Parse(found.Bytes) switch
            {
                DeployFileResult.Valid(var targets) => new DeployChoice.Targets([.. targets.All.Select(target => target.Name)]),
                DeployFileResult.Invalid(var errors) => new DeployChoice.Broken(errors),
                _ => throw new InvalidOperationException("No such result."),
            },
            _ => throw new InvalidOperationException("No such answer."),
        };
    }
}

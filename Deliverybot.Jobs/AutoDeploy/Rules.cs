using Deliverybot.Data.Names;
using Deliverybot.Jobs.DeployFile;
using Deliverybot.Jobs.GitHub;
using Deliverybot.Jobs.GitHub.Commits;

namespace Deliverybot.Jobs.AutoDeploy;

/// <summary>
/// The <c>deploy.yml</c> that events are judged by. Within one job a branch's file is read once: all events of the job had
/// happened before, so the one answer is as new as any, until a push to that branch among them says otherwise.
/// </summary>
internal sealed class Rules(DeployFiles deployFiles)
{
    private readonly Dictionary<(RepositoryName Repository, GitRef Branch), DeployFileState> _read = [];

    /// <summary>As of a pushed commit of the default branch. From now on that branch's file is read anew.</summary>
    public Task<DeployFileState> AtAsync(RepositoryClient github, CommitSha sha, GitRef branch, CancellationToken cancellationToken)
    {
        _read.Remove((github.Name, branch));
        return deployFiles.ReadAsync(github, (Revision)sha, cancellationToken);
    }

    /// <summary>As of the default branch.</summary>
    public async Task<DeployFileState> OfAsync(RepositoryClient github, GitRef branch, CancellationToken cancellationToken)
    {
        if (!_read.TryGetValue((github.Name, branch), out var state))
        {
            state = await deployFiles.ReadAsync(github, (Revision)branch, cancellationToken);
            _read[(github.Name, branch)] = state;
        }

        return state;
    }
}

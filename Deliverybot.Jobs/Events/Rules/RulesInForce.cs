using Deliverybot.Data.Names;
using Deliverybot.Jobs.DeployFile;
using Deliverybot.Jobs.GitHub;
using Deliverybot.Jobs.GitHub.Commits;

namespace Deliverybot.Jobs.Events.Rules;

/// <summary>
/// The <c>deploy.yml</c> that events are judged by. Within one job a branch's file is read once: all events of the job had
/// happened before, so the one answer is as new as any, until a push to that branch among them says otherwise.
/// </summary>
internal sealed class RulesInForce(DeployFiles deployFiles)
{
    private readonly Dictionary<(RepositoryName Repository, Revision Revision), DeployFileState> _read = [];

    /// <summary>As of a commit pushed to a branch. From now on that branch's file is read anew.</summary>
    public Task<DeployFileState> AtAsync(RepositoryClient github, CommitSha sha, GitRef branch, CancellationToken cancellationToken)
    {
        _read.Remove((github.Name, branch));
        return ReadAsync(github, sha, sha, cancellationToken);
    }

    /// <summary>As of the default branch, which GitHub is asked for without a name: a tag may be called like it.</summary>
    public Task<DeployFileState> OfAsync(RepositoryClient github, GitRef branch, CancellationToken cancellationToken) =>
        ReadAsync(github, branch, at: null, cancellationToken);

    private async Task<DeployFileState> ReadAsync(RepositoryClient github, Revision revision, Revision? at, CancellationToken cancellationToken)
    {
        if (!_read.TryGetValue((github.Name, revision), out var state))
        {
            state = await deployFiles.ReadAsync(github, at, cancellationToken);
            _read[(github.Name, revision)] = state;
        }

        return state;
    }
}

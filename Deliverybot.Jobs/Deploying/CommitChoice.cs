using Deliverybot.Jobs.AutoDeploy;
using Deliverybot.Jobs.GitHub;

namespace Deliverybot.Jobs.Deploying;

/// <summary>
/// Whether a person may deploy a commit from where it was looked at. GitHub shows commits of forks under the base repository's
/// address too, so only what a branch or tag of this repository contains may be deployed.
/// </summary>
internal sealed class CommitChoice(RefHeads heads)
{
    /// <returns>The sentence why not; null if it may.</returns>
    public async Task<string?> FaultOfAsync(ManualRequest request, RepositoryClient github, CancellationToken cancellationToken)
    {
        // The whole ref, or a text that happens to be a sha would be taken for the commit itself.
        if (request.Ref is not ({ IsBranch: true } or { IsTag: true }) || await github.Refs.HeadAsync(request.Ref, cancellationToken) is not { } head)
        {
            return $"The repository has no branch or tag {request.Ref.ShortName}.";
        }

        if (head == request.Sha)
        {
            await heads.SeeAsync(request.RepositoryId, request.Ref, head, cancellationToken);
            return null;
        }

        var comparison = await github.Commits.CompareAsync(head, request.Sha, cancellationToken);
        return comparison is { HeadIsContained: true } ? null : $"{request.Ref.ShortName} doesn't contain the commit {request.Sha.Short}.";
    }
}

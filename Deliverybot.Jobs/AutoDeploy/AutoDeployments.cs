using Deliverybot.Data.Names;
using Deliverybot.Jobs.DeployFile;
using Deliverybot.Jobs.Deploying;
using Deliverybot.Jobs.GitHub;

namespace Deliverybot.Jobs.AutoDeploy;

/// <summary>Makes wishes of an event, one for each target that wants it, and looks at each.</summary>
internal sealed class AutoDeployments(
    Rules rules, DeploymentWishes wishes, InstallationEvaluator evaluator, GitHubClients github)
{
    public async Task RequestAsync(AutoDeployEvent happened, CancellationToken cancellationToken)
    {
        var repository = happened.Repository;
        var client = github.Installation(repository.InstallationId).Repository(repository.FullName);
        var branch = GitRef.Branch(repository.DefaultBranch);
        var read = happened.RulesAt is { } sha
            ? await rules.AtAsync(client, sha, branch, cancellationToken)
            : await rules.OfAsync(client, branch, cancellationToken);
        if (read is not DeployFileState.Valid valid)
        {
            return;
        }

        foreach (var target in valid.Targets.All.Where(happened.Wanted))
        {
            var wish = await wishes.RecordAsync(WishOf(happened, target), client, cancellationToken);
            await evaluator.EvaluateAsync(wish, client, cancellationToken);
        }
    }

    private static NewWish WishOf(AutoDeployEvent happened, Target target) => new()
    {
        RepositoryId = happened.Repository.Id,
        Repository = happened.Repository.FullName,
        Target = target,
        Ref = happened.Ref,
        Sha = happened.Sha,
        Trigger = happened.Trigger,
        RequestedBy = happened.By,
        CommittedAt = happened.CommittedAt,
        PullRequest = happened.PullRequest,
        Delivery = happened.Delivery,
    };
}

using Deliverybot.Data.Names;
using Deliverybot.Jobs.DeployFile;
using Deliverybot.Jobs.Deploying;
using Deliverybot.Jobs.GitHub;

namespace Deliverybot.Jobs.AutoDeploy;

/// <summary>Makes wishes of an event, one for each target that wants it, and looks at each.</summary>
internal sealed class AutoDeployments(
    Rules rules, LateEvents late, DeploymentWishes wishes, InstallationEvaluator evaluator, GitHubClients github)
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

        var wanted = valid.Targets.All.Where(happened.Wanted).ToList();
        // Where only the head is deployed, nothing but the head counts.
        var at = happened.CameLate && wanted.Exists(target => !target.OnlyLatest)
            ? await late.TimeOfAsync(repository.Id, happened.Ref, happened.Sha, client, cancellationToken)
            : null;
        foreach (var target in wanted)
        {
            var wish = await wishes.RecordAsync(WishOf(happened, target, at), client, cancellationToken);
            await evaluator.EvaluateAsync(wish, client, cancellationToken);
        }
    }

    private static NewWish WishOf(AutoDeployEvent happened, Target target, DateTimeOffset? at) => new()
    {
        RepositoryId = happened.Repository.Id,
        Repository = happened.Repository.FullName,
        Target = target,
        Ref = happened.Ref,
        Sha = happened.Sha,
        Trigger = happened.Trigger,
        RequestedBy = happened.By,
        PullRequest = happened.PullRequest,
        Delivery = happened.Delivery,
        At = at,
    };
}

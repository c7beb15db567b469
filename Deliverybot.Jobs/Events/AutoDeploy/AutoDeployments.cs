using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Changes;
using Deliverybot.Jobs.Core;
using Deliverybot.Jobs.DeployFile;
using Deliverybot.Jobs.Events.Rules;
using Deliverybot.Jobs.GitHub;

namespace Deliverybot.Jobs.Events.AutoDeploy;

/// <summary>Makes wishes of an event, one for each target that wants it, and looks at each.</summary>
internal sealed class AutoDeployments(
    RulesInForce rules, LateEvents late, TakenAlong takenAlong, HeardBefore heardBefore, DeploymentWishes wishes, InstallationEvaluator evaluator, BrokenRules broken, Tidings tidings, GitHubClients github)
{
    public async Task RequestAsync(AutoDeployEvent happened, CancellationToken cancellationToken)
    {
        var repository = happened.Repository;
        var client = github.Installation(repository.InstallationId).Repository(repository.FullName);
        var branch = GitRef.Branch(repository.DefaultBranch);
        var read = happened.RulesAt is { } sha
            ? await rules.AtAsync(client, sha, branch, cancellationToken)
            : await rules.OfAsync(client, branch, cancellationToken);
        if (happened.PullRequest is { } number)
        {
            await tidings.OrLaterAsync<TellBrokenRulesJob>(
                () => broken.TellAsync(repository, number, read, cancellationToken),
                job => job.RunAsync(repository.Id.Value, number.Value, CancellationToken.None));
        }

        if (read is not DeployFileState.Valid valid)
        {
            return;
        }

        var wanting = valid.Targets.All.Where(happened.Wanted).ToList();
        if (wanting is [] || (happened.MayDeploy is { } may && !await may(cancellationToken)))
        {
            return;
        }

        foreach (var target in wanting)
        {
            if (happened.WasKnown && await heardBefore.IncludesAsync(happened, target.Name, cancellationToken))
            {
                continue;
            }

            // Where only the head is deployed, nothing but the head counts.
            var at = happened.CameLate && !target.OnlyLatest
                ? await late.TimeOfAsync(repository.Id, happened.Ref, target.Name, happened.Sha, client, cancellationToken)
                : null;
            var wish = await wishes.RecordAsync(WishOf(happened, target, at), client, cancellationToken);
            if (happened.WasKnown)
            {
                await takenAlong.EndAsync(wish, cancellationToken);
            }

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
        Origin = DeploymentOrigin.Event(happened.Cause),
        RequestedBy = happened.By,
        CommittedAt = happened.CommittedAt,
        PullRequest = happened.PullRequest,
        Delivery = happened.Delivery,
        At = at,
    };
}

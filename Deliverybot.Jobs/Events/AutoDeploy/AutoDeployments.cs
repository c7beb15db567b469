using Deliverybot.Data.Deploying;
using Deliverybot.Data.Installations;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Changes;
using Deliverybot.Jobs.Core;
using Deliverybot.Jobs.DeployFile;
using Deliverybot.Jobs.Events.Rules;
using Deliverybot.Jobs.GitHub;

namespace Deliverybot.Jobs.Events.AutoDeploy;

/// <summary>Makes wishes of an event, one for each target that wants it, and looks at each.</summary>
internal sealed class AutoDeployments(
    RulesInForce rules, LateEvents late, DeployedInPlace deployedInPlace, HeardBefore heardBefore, DeploymentWishes wishes, InstallationEvaluator evaluator, BrokenRules broken, Tidings tidings, GitHubClients github)
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
                await deployedInPlace.EndAsync(wish, cancellationToken);
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

/// <summary>An event that targets may want deployed.</summary>
internal sealed record AutoDeployEvent
{
    public required Repository Repository { get; init; }

    public required GitRef Ref { get; init; }

    public required CommitSha Sha { get; init; }

    public required DeploymentCause Cause { get; init; }

    public required GitHubUser By { get; init; }

    public required WebhookDeliveryGuid Delivery { get; init; }

    /// <summary>When the commit was made, where the event tells.</summary>
    public DateTimeOffset? CommittedAt { get; init; }

    public PullRequestNumber? PullRequest { get; init; }

    /// <summary>The branch had moved on before the event came: its commit belongs before what is known already.</summary>
    public bool CameLate { get; init; }

    /// <summary>The branch was known to be there before the event told: its commit may have gone out in the place of an earlier one.</summary>
    public bool WasKnown { get; init; }

    /// <summary>Whether a target wants the event.</summary>
    public required Func<Target, bool> Wanted { get; init; }

    /// <summary>Asked once, where a target wants the event: whether whoever brought it about may deploy. Null: GitHub asked for that right already.</summary>
    public Func<CancellationToken, Task<bool>>? MayDeploy { get; init; }

    /// <summary>Where <c>deploy.yml</c> is read: the head as the push left it or, if that came late, as it is now, where the push was to the default branch; null: the default branch.</summary>
    public CommitSha? RulesAt { get; init; }
}

using Deliverybot.Data.Deliveries;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Installations;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.AutoDeploy;
using Deliverybot.Jobs.Branches;
using Deliverybot.Jobs.Deliveries;
using Deliverybot.Jobs.Deliveries.Events;
using Deliverybot.Jobs.GitHub;
using Deliverybot.Jobs.Installations;

namespace Deliverybot.Jobs.PullRequests;

/// <summary>A pull request deploys its commits where a target wants that, a draft too; one from a fork never does. Closing it ends all that.</summary>
internal sealed class PullRequestHandler(
    RepositoryBook repositories,
    RefHeads heads,
    AutoDeployments deployments,
    PullRequestEnding ending,
    KnownClosings closings,
    ChangedRules changedRules,
    GitHubClients github,
    TimeProvider time) : IDeliveryHandler
{
    private static readonly TimeSpan Late = TimeSpan.FromMinutes(1);

    public async Task HandleAsync(WebhookDelivery delivery, CancellationToken cancellationToken)
    {
        var told = delivery.Read(EventJson.Default.PullRequestEvent);
        if (!told.IsClosed && !told.BringsCommits)
        {
            return;
        }

        if (await repositories.SeeAsync(told.Repository, delivery.InstallationId, cancellationToken) is not { } repository)
        {
            return;
        }

        var client = github.Installation(repository.InstallationId).Repository(repository.FullName);
        if (await IsOvertakenAsync(repository, told, client, cancellationToken))
        {
            return;
        }

        if (told.IsClosed)
        {
            await closings.AddAsync(repository.Id, told.PullRequest.Number, cancellationToken);
            var reason = $"Pull request {told.PullRequest.Number} was {(told.PullRequest.Merged is true ? "merged" : "closed")}.";
            await ending.EndAsync(repository.Id, told.PullRequest.Number, BranchOf(told, repository), By(told), reason, client, cancellationToken);
        }
        else if (told.IsFromFork)
        {
            await changedRules.TellForkAsync(told, client, cancellationToken);
        }
        else
        {
            await DeployAsync(repository, told, delivery.Guid, client, cancellationToken);
            await changedRules.TellAsync(told, client, cancellationToken);
        }
    }

    /// <summary>An event may come late or out of its order: then GitHub says whether the pull request still is as the event left it.</summary>
    private async Task<bool> IsOvertakenAsync(Repository repository, PullRequestEvent told, RepositoryClient client, CancellationToken cancellationToken)
    {
        var number = told.PullRequest.Number;
        var wasClosed = !told.IsClosed && await closings.IncludeAsync(repository.Id, number, cancellationToken);
        var inDoubt = wasClosed
            || !(time.GetUtcNow() - told.PullRequest.UpdatedAt < Late)
            || (told.IsClosed && await ending.HasAnyAsync(repository.Id, number, BranchOf(told, repository), cancellationToken));
        if (!inDoubt)
        {
            return false;
        }

        var isOpen = await client.PullRequests.GetAsync(number, cancellationToken) is { IsOpen: true };
        if (wasClosed && isOpen)
        {
            await closings.RemoveAsync(repository.Id, number, cancellationToken);
        }

        return isOpen == told.IsClosed;
    }

    private async Task DeployAsync(
        Repository repository, PullRequestEvent told, WebhookDeliveryGuid delivery, RepositoryClient client, CancellationToken cancellationToken)
    {
        var head = told.PullRequest.Head;
        var branch = GitRef.Branch(head.Ref);

        // The push of the same commits may arrive later than this.
        var move = await heads.MoveAsync(repository.Id, branch, told.Before ?? head.Sha, head.Sha, client, cancellationToken);
        if (move is { Asked: true, Head: { } now } && now != head.Sha && !await client.Commits.ContainsAsync(now, head.Sha, cancellationToken))
        {
            return;
        }

        await deployments.RequestAsync(
            new AutoDeployEvent
            {
                Repository = repository,
                Ref = branch,
                Sha = head.Sha,
                Trigger = DeploymentTrigger.PullRequest,
                By = By(told),
                Delivery = delivery,
                CameLate = move.IsPast(head.Sha),
                // Reopening deploys again, whatever went out before.
                WasKnown = move.WasKnown && told.Action == "synchronize",
                PullRequest = told.PullRequest.Number,
                Wanted = target => target.DeploysOnPullRequest,
            },
            cancellationToken);
    }

    /// <summary>Null where it isn't the pull request's own: a fork's, or the one that others begin from.</summary>
    private static GitRef? BranchOf(PullRequestEvent told, Repository repository) =>
        told.IsFromFork || told.PullRequest.Head.Ref == repository.DefaultBranch ? null : GitRef.Branch(told.PullRequest.Head.Ref);

    private static GitHubLogin By(PullRequestEvent told) => new(told.Sender?.Login ?? "ghost");
}

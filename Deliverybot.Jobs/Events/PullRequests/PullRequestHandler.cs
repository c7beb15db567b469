using Deliverybot.Data.Deliveries;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Installations;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Changes;
using Deliverybot.Jobs.Core.Branches;
using Deliverybot.Jobs.Core.Repositories;
using Deliverybot.Jobs.Events.AutoDeploy;
using Deliverybot.Jobs.Events.Deliveries;
using Deliverybot.Jobs.Events.Rules;
using Deliverybot.Jobs.Events.Shapes;
using Deliverybot.Jobs.GitHub;
using Microsoft.Extensions.Logging;

namespace Deliverybot.Jobs.Events.PullRequests;

/// <summary>
/// A pull request deploys its commits where a target wants that, a draft too; one from a fork never does, nor one that somebody opens who may
/// not write. Closing it ends all that.
/// </summary>
internal sealed partial class PullRequestHandler(
    KnownRepositories repositories,
    RefHeads heads,
    AutoDeployments deployments,
    PullRequestEnding ending,
    KnownClosings closings,
    ProposedRules proposedRules,
    Tidings tidings,
    GitHubClients github,
    TimeProvider time,
    ILogger<PullRequestHandler> logger) : IDeliveryHandler
{
    private static readonly TimeSpan Late = TimeSpan.FromMinutes(1);

    public async Task HandleAsync(WebhookDelivery delivery, CancellationToken cancellationToken)
    {
        var told = delivery.Read(EventJson.Default.PullRequestEvent);
        if (!told.IsClosed && !told.BringsCommits)
        {
            return;
        }

        if (await repositories.SeeAsync(told.Repository.AsSeen(), delivery.InstallationId, cancellationToken) is not { } repository)
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
            await EndAsync(repository, told, client, cancellationToken);
        }
        else if (told.IsFromFork)
        {
            proposedRules.TellFork(told);
        }
        else
        {
            await DeployAsync(repository, told, delivery.Guid, client, cancellationToken);
            await tidings.OrLaterAsync<TellChangedRulesJob>(
                () => proposedRules.TellAsync(told, client, cancellationToken), job => job.RunAsync(delivery.Id, CancellationToken.None));
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

    private async Task EndAsync(Repository repository, PullRequestEvent told, RepositoryClient client, CancellationToken cancellationToken)
    {
        var (number, branch) = (told.PullRequest.Number, BranchOf(told, repository));
        var mayWrite = !await ending.NeedsWriterAsync(repository.Id, number, branch, cancellationToken)
            || await SenderRights.MayWriteAsync(told, client, cancellationToken);
        Sentence reason = $"Pull request {number} was {(told.PullRequest.Merged is true ? "merged" : "closed")}.";
        await ending.EndAsync(repository.Id, number, branch, By(told), mayWrite, reason, client, cancellationToken);
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
                Cause = DeploymentCause.PullRequest,
                By = By(told),
                Delivery = delivery,
                CameLate = move.IsPast(head.Sha),
                // Reopening deploys again, whatever went out before.
                WasKnown = move.WasKnown && told.Action == "synchronize",
                PullRequest = told.PullRequest.Number,
                Wanted = target => target.DeploysOnPullRequest,
                // New commits come by a push, for which GitHub has asked for the right already.
                MayDeploy = told.Action == "synchronize" ? null : stop => MayDeployAsync(repository, told, client, stop),
            },
            cancellationToken);
    }

    private async Task<bool> MayDeployAsync(Repository repository, PullRequestEvent told, RepositoryClient client, CancellationToken cancellationToken)
    {
        var may = await SenderRights.MayWriteAsync(told, client, cancellationToken);
        if (!may)
        {
            Log.NotDeployed(logger, told.PullRequest.Number.Value, repository.FullName, told.Action, By(told).Login);
        }

        return may;
    }

    /// <summary>Null where it isn't the pull request's own: a fork's, or the one that others begin from.</summary>
    private static GitRef? BranchOf(PullRequestEvent told, Repository repository) =>
        told.IsFromFork || told.PullRequest.Head.Ref == repository.DefaultBranch ? null : GitRef.Branch(told.PullRequest.Head.Ref);

    private static GitHubUser By(PullRequestEvent told) => EventAccount.UserOf(told.Sender);

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Pull request {Number} of {Repository} was {Action} by {Login}, who may not write there: that deploys nothing.")]
        public static partial void NotDeployed(ILogger logger, int number, RepositoryName repository, string action, GitHubLogin login);
    }
}

/// <summary>
/// Whoever may read may open a pull request of any branch that is there, and its author, or somebody with the role triage, may close and open
/// it again. What follows from that here needs the right of its own act, which is asked of GitHub at that moment.
/// </summary>
internal static class SenderRights
{
    /// <summary>
    /// An App has no role in a repository: to open a pull request it needs a permission that the repository's owner gave it, and so it does to
    /// merge, for which GitHub wants write access to the contents. To close one says nothing of that.
    /// </summary>
    public static async Task<bool> MayWriteAsync(PullRequestEvent told, RepositoryClient github, CancellationToken cancellationToken) =>
        told.Sender is { } sender
        && (sender.IsBot
            ? !told.IsClosed || told.PullRequest.Merged is true
            : await github.Collaborators.MayWriteAsync(EventAccount.UserOf(sender), cancellationToken));
}

using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Commands;
using Deliverybot.Jobs.DeployFile;
using Deliverybot.Jobs.Deploying;
using Deliverybot.Jobs.Gates;
using Deliverybot.Jobs.GitHub.Commits;
using Deliverybot.Jobs.Links;
using Deliverybot.Jobs.Markup;

namespace Deliverybot.Jobs.PullRequests.Answers;

/// <summary><c>/deploy</c>: the target's comment tells how it goes; a reply says what was refused, and what to do.</summary>
internal sealed class DeployAnswer(ManualDeployments deployments, DeployFiles deployFiles, SiteLinks links)
{
    public async Task<CommandAnswer> AnswerAsync(CommandContext context, Command.Deploy deploy, CancellationToken cancellationToken)
    {
        if (context.Closed is { } closed)
        {
            return CommandAnswer.Refused(Instead(context, closed));
        }

        if (await ResolveAsync(context, deploy.Sha, cancellationToken) is not { } sha)
        {
            return CommandAnswer.Refused($"There is no commit {GitHubMarkdown.Code(deploy.Sha.ToString())} in this repository.");
        }

        var refusals = new List<string>();
        foreach (var target in deploy.Targets)
        {
            var outcome = await deployments.RequestAsync(RequestOf(context, deploy, target, sha), context.GitHub, cancellationToken);
            if (await RefusalOfAsync(context, target, deploy.Force, outcome, cancellationToken) is { } refusal)
            {
                refusals.Add(refusal);
            }
        }

        return refusals switch
        {
            [] => CommandAnswer.Done(),
            [var only] => CommandAnswer.Refused(only),
            _ => CommandAnswer.Refused(string.Join('\n', refusals.Select(refusal => $"- {refusal}"))),
        };
    }

    private static async Task<CommitSha?> ResolveAsync(CommandContext context, ShaPrefix? named, CancellationToken cancellationToken)
    {
        if (named is not { } prefix || prefix.Names(context.Pull.Head.Sha))
        {
            return context.Pull.Head.Sha;
        }

        return CommitSha.TryParse(prefix.Value, out var whole)
            ? whole
            : (await context.GitHub.Commits.GetAsync(new Revision(prefix.Value), cancellationToken))?.Sha is { } found && prefix.Names(found) ? found : null;
    }

    private static ManualRequest RequestOf(CommandContext context, Command.Deploy deploy, TargetName target, CommitSha sha) => new()
    {
        RepositoryId = context.Repository.Id,
        Repository = context.Repository.FullName,
        Target = target,
        Sha = sha,
        Source = new CommitSource.NamedIn(context.Pull, context.ReadAt, ShaNamed: deploy.Sha is not null),
        Delivery = context.Delivery,
        Trigger = DeploymentTrigger.Comment,
        By = context.By,
        Force = deploy.Force,
    };

    /// <returns>Null if it is on its way.</returns>
    private async Task<string?> RefusalOfAsync(
        CommandContext context, TargetName target, bool forced, ManualOutcome outcome, CancellationToken cancellationToken)
    {
        var name = GitHubMarkdown.Code(target.Value);
        return outcome switch
        {
            ManualOutcome.Deployed => null,
            ManualOutcome.Refused { YieldsToForce: true } held when !forced =>
                $"{name} was not deployed. {GitHubMarkdown.Plain(held.Reason)} To deploy nevertheless, add `force`.",
            ManualOutcome.Refused { Gate: GateNames.Lock } held =>
                $"{name} was not deployed. {GitHubMarkdown.Plain(held.Reason)} `/unlock` with the environment's name ends the lock.",
            ManualOutcome.Refused held => $"{name} was not deployed. {GitHubMarkdown.Plain(held.Reason)}",
            ManualOutcome.Unknown unknown => await IsOnlyInPullRequestAsync(context, target, cancellationToken)
                ? $"{name} is only in this pull request's `{DeployFiles.Path}`. Rules come from `{context.Repository.DefaultBranch}`: it takes effect once it is merged."
                : $"{name} was not deployed. {GitHubMarkdown.Plain(unknown.Reason)}",
            ManualOutcome.Unsure unsure => $"It isn't known yet whether {name} was deployed. {GitHubMarkdown.Plain(unsure.Reason)}",
            ManualOutcome.Unavailable unavailable =>
                $"{name} was not deployed, for GitHub couldn't be used: {GitHubMarkdown.Plain(unavailable.Reason)} Please try again later.",
            _ => throw new InvalidOperationException($"An outcome that is {outcome} has no meaning here."),
        };
    }

    private async Task<bool> IsOnlyInPullRequestAsync(CommandContext context, TargetName target, CancellationToken cancellationToken) =>
        !Has(await deployFiles.ReadAsync(context.GitHub, at: null, cancellationToken), target)
        && Has(await deployFiles.ReadAsync(context.GitHub, context.Pull.Head.Sha, cancellationToken), target);

    private static bool Has(DeployFileState file, TargetName target) => file is DeployFileState.Valid valid && valid.Targets.Find(target) is not null;

    private string Instead(CommandContext context, string closed)
    {
        var branch = GitRef.Branch(context.Pull.Base.Branch);
        var name = GitHubMarkdown.Code(branch.ShortName);
        var page = links.Branch(context.Repository.FullName, branch)?.AbsoluteUri;
        return context.Pull.MergedAt is null
            ? $"{GitHubMarkdown.Plain(closed)}: reopen it to deploy it."
            : $"{GitHubMarkdown.Plain(closed)}: deploy {GitHubMarkdown.Link(name, page) ?? name} instead, which has its commits.";
    }
}

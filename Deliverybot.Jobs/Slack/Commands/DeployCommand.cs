using Deliverybot.Data.Deploying;
using Deliverybot.Jobs.Deploying;
using Deliverybot.Jobs.GitHub.Access;
using Deliverybot.Jobs.Slack.Grammar;
using Deliverybot.Jobs.Slack.Messages;

namespace Deliverybot.Jobs.Slack.Commands;

/// <summary><c>/deliverybot deploy [owner/repo][@ref] target [force]</c>.</summary>
internal sealed class DeployCommand(SlackRepositories repositories, ManualDeployments deployments, DeploymentAnswers answers)
{
    public async Task<SlackAnswer> AnswerAsync(SlackCommand.Deploy command, SlackCaller caller, CancellationToken cancellationToken) =>
        await repositories.ToWriteAsync(command.Repository, caller, cancellationToken) switch
        {
            RepositoryChoice.Found found => await DeployAsync(command, found, caller, cancellationToken),
            RepositoryChoice.Refused(var refusal) => refusal,
            var other => throw new InvalidOperationException($"A repository that is {other} has no meaning here."),
        };

    private async Task<SlackAnswer> DeployAsync(
        SlackCommand.Deploy command, RepositoryChoice.Found found, SlackCaller caller, CancellationToken cancellationToken)
    {
        var (info, github) = found;
        if (await SlackCommits.FindAsync(command.Ref, found, cancellationToken) is not { } commit)
        {
            return SlackCommits.Unknown(command.Ref, info.Name);
        }

        var request = new ManualRequest
        {
            RepositoryId = info.Id,
            Repository = info.Name,
            Target = command.Target,
            Sha = commit.Sha,
            Source = new CommitSource.LookedAt(commit.LookedAt),
            Trigger = DeploymentTrigger.Slack,
            By = caller.Login,
            Force = command.Force,
        };
        return await deployments.RequestAsync(request, github, cancellationToken) switch
        {
            ManualOutcome.Deployed(var id) => await answers.OfAsync(id, cancellationToken),
            ManualOutcome.Refused refused => SlackAnswer.Refusal(
                Mrkdwn.Of($":no_entry: Not deployed: {command.Target} of {info.Name} at {commit.Sha.Short}"),
                refused.Reason,
                [.. Notes(refused, command, info, caller)]),
            ManualOutcome.Unknown(var reason) => SlackAnswer.Refusal(Mrkdwn.Of($":grey_question: That can't be deployed from {info.Name}"), reason),
            ManualOutcome.Unsure unsure => SlackAnswer.Refusal(
                Mrkdwn.Of($":grey_question: It isn't known yet whether {command.Target} of {info.Name} was deployed"),
                unsure.Reason,
                answers.LinkTo(info.Name, unsure.Id) is { } link ? [link] : []),
            ManualOutcome.Unavailable(var reason) => SlackAnswers.Unavailable(reason),
            var other => throw new InvalidOperationException($"An outcome that is {other} has no meaning here."),
        };
    }

    /// <summary>What would help.</summary>
    private IEnumerable<Mrkdwn> Notes(ManualOutcome.Refused refused, SlackCommand.Deploy command, RepositoryInfo info, SlackCaller caller)
    {
        if (!command.Force && refused.YieldsToForce)
        {
            yield return Mrkdwn.Of($"Deploy it all the same: {$"{caller.Command} deploy {info.Name}{(command.Ref is { } at ? $"@{at}" : "")} {command.Target} force"}");
        }

        if (refused.Gate == Gates.GateNames.Lock)
        {
            yield return Mrkdwn.Of($"See who holds it: {$"{caller.Command} status {info.Name}"}");
        }

        if (answers.LinkTo(info.Name, refused.Id) is { } link)
        {
            yield return link;
        }
    }
}

using Deliverybot.Jobs.Gates;
using Deliverybot.Jobs.Rollbacks;
using Deliverybot.Jobs.Slack.Grammar;
using Deliverybot.Jobs.Slack.Messages;

namespace Deliverybot.Jobs.Slack.Commands;

/// <summary><c>/deliverybot rollback [owner/repo] target</c>.</summary>
internal sealed class RollbackCommand(SlackRepositories repositories, EnvironmentRollbacks rollbacks, DeploymentAnswers answers)
{
    public async Task<SlackAnswer> AnswerAsync(SlackCommand.Rollback command, SlackCaller caller, CancellationToken cancellationToken) =>
        await repositories.ToWriteAsync(command.Repository, caller, cancellationToken) switch
        {
            RepositoryChoice.Found found => await RollBackAsync(command, found, caller, cancellationToken),
            RepositoryChoice.Refused(var refusal) => refusal,
            var other => throw new InvalidOperationException($"A repository that is {other} has no meaning here."),
        };

    private async Task<SlackAnswer> RollBackAsync(
        SlackCommand.Rollback command, RepositoryChoice.Found found, SlackCaller caller, CancellationToken cancellationToken)
    {
        var name = found.Info.Name;
        var request = new RollbackRequest { RepositoryId = found.Info.Id, Place = command.Place, By = caller.Login };
        var outcome = await rollbacks.RollBackAsync(request, found.GitHub, cancellationToken);
        return outcome switch
        {
            RollbackOutcome.UnderWay underWay => await UnderWayAsync(underWay, cancellationToken),
            RollbackOutcome.Refused refused => SlackAnswer.Refusal(
                Mrkdwn.Of($":no_entry: {command.Place} of {name} doesn't go back"), refused.Sentence, [.. Notes(refused, found, caller)]),
            RollbackOutcome.Unavailable unavailable => SlackAnswers.Unavailable(unavailable.Sentence),
            RollbackOutcome.NothingBefore or RollbackOutcome.Unknown => SlackAnswer.Refusal(
                Mrkdwn.Of($":grey_question: {command.Place} of {name} can't go back"), outcome.Sentence),
            _ => throw new InvalidOperationException($"A rollback that is {outcome} has no meaning here."),
        };
    }

    private async Task<SlackAnswer> UnderWayAsync(RollbackOutcome.UnderWay underWay, CancellationToken cancellationToken)
    {
        var answer = await answers.OfAsync(underWay.Id, cancellationToken);
        return answer with { Sentences = [underWay.Sentence] };
    }

    private IEnumerable<Mrkdwn> Notes(RollbackOutcome.Refused refused, RepositoryChoice.Found found, SlackCaller caller)
    {
        if (refused.Gate == GateNames.Lock)
        {
            yield return Mrkdwn.Of($"See who holds it: {$"{caller.Command} status {found.Info.Name}"}");
        }

        if (answers.LinkTo(found.Info.Name, refused.Id) is { } link)
        {
            yield return link;
        }
    }
}

using Deliverybot.Data.Names;
using Deliverybot.Jobs.Commands;
using Deliverybot.Jobs.Gates;
using Deliverybot.Jobs.Markup;
using Deliverybot.Jobs.Rollbacks;

namespace Deliverybot.Jobs.PullRequests.Answers;

/// <summary><c>/rollback</c>. It works in a closed pull request as well: what is merged may have to be taken back.</summary>
internal sealed class RollbackAnswer(EnvironmentRollbacks rollbacks)
{
    public async Task<CommandAnswer> AnswerAsync(CommandContext context, TargetName target, CancellationToken cancellationToken)
    {
        var request = new RollbackRequest
        {
            RepositoryId = context.Repository.Id,
            Place = target.Value,
            By = context.By,
            PullRequest = context.Pull.Number,
            Delivery = context.Delivery,
        };
        var outcome = await rollbacks.RollBackAsync(request, context.GitHub, cancellationToken);
        var said = GitHubMarkdown.Plain(outcome.Sentence);
        return outcome switch
        {
            RollbackOutcome.UnderWay way => CommandAnswer.Done($"⏪ {said}\n\n{GitHubMarkdown.Code($"/unlock {ArgumentGrammar.Written(way.Environment.Value)}")} lets automatic deployments go on."),
            RollbackOutcome.Refused { Gate: GateNames.Lock } => CommandAnswer.Refused($"Nothing was rolled back. {said} `/unlock` with the environment's name ends the lock."),
            RollbackOutcome.Refused or RollbackOutcome.NothingBefore or RollbackOutcome.Unknown or RollbackOutcome.Unavailable =>
                CommandAnswer.Refused($"Nothing was rolled back. {said}"),
            _ => throw new InvalidOperationException($"An outcome that is {outcome} has no meaning here."),
        };
    }
}

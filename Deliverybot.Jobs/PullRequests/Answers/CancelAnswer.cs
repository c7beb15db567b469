using Deliverybot.Data.Names;
using Deliverybot.Jobs.Deploying;
using Deliverybot.Jobs.Markup;

namespace Deliverybot.Jobs.PullRequests.Answers;

/// <summary><c>/cancel</c>: what this pull request has waiting.</summary>
internal sealed class CancelAnswer(Cancellations cancellations)
{
    public async Task<CommandAnswer> AnswerAsync(CommandContext context, TargetName target, CancellationToken cancellationToken)
    {
        var outcome = await cancellations.CancelAsync(context.Repository.Id, context.Pull.Number, target, context.By, cancellationToken);
        var said = GitHubMarkdown.Plain(outcome.Sentence);
        return outcome switch
        {
            CancelOutcome.Cancelled => CommandAnswer.Done($"What waited for {GitHubMarkdown.Code(target.Value)} doesn't any more. {said}"),
            CancelOutcome.NotWaiting or CancelOutcome.Unknown => CommandAnswer.Refused(said),
            _ => throw new InvalidOperationException($"An outcome that is {outcome} has no meaning here."),
        };
    }
}

using Deliverybot.Jobs.Deploying;
using Deliverybot.Jobs.Markup;
using Deliverybot.Jobs.Promotion;

namespace Deliverybot.Jobs.PullRequests.Answers;

/// <summary><c>/promote</c>: the head of the pull request.</summary>
internal sealed class PromoteAnswer(Promotions promotions)
{
    public async Task<CommandAnswer> AnswerAsync(CommandContext context, CancellationToken cancellationToken)
    {
        if (context.Closed is { } closed)
        {
            return CommandAnswer.Refused($"{GitHubMarkdown.Plain(closed)}: promote the commit on its branch's page instead.");
        }

        var request = new PromotionRequest
        {
            RepositoryId = context.Repository.Id,
            Sha = context.Pull.Head.Sha,
            Source = new CommitSource.NamedIn(context.Pull, context.ReadAt, ShaNamed: false),
            By = context.By,
        };
        var outcome = await promotions.PromoteAsync(request, context.GitHub, cancellationToken);
        var said = GitHubMarkdown.Plain(outcome.Sentence);
        return outcome switch
        {
            PromotionOutcome.Promoted => CommandAnswer.Done($"{said} Targets that wait for a promotion may go on with it."),
            PromotionOutcome.AlreadyPromoted => CommandAnswer.Done(said),
            PromotionOutcome.Unknown or PromotionOutcome.Refused or PromotionOutcome.Unavailable => CommandAnswer.Refused(said),
            _ => throw new InvalidOperationException($"An outcome that is {outcome} has no meaning here."),
        };
    }
}

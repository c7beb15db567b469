using Deliverybot.Jobs.Deploying;
using Deliverybot.Jobs.Promotion;
using Deliverybot.Jobs.Slack.Grammar;
using Deliverybot.Jobs.Slack.Messages;

namespace Deliverybot.Jobs.Slack.Commands;

/// <summary><c>/deliverybot promote [owner/repo]@sha</c>.</summary>
internal sealed class PromoteCommand(SlackRepositories repositories, Promotions promotions)
{
    public async Task<SlackAnswer> AnswerAsync(SlackCommand.Promote command, SlackCaller caller, CancellationToken cancellationToken) =>
        await repositories.ToWriteAsync(command.Repository, caller, cancellationToken) switch
        {
            RepositoryChoice.Found found => await PromoteAsync(command, found, caller, cancellationToken),
            RepositoryChoice.Refused(var refusal) => refusal,
            var other => throw new InvalidOperationException($"A repository that is {other} has no meaning here."),
        };

    private async Task<SlackAnswer> PromoteAsync(
        SlackCommand.Promote command, RepositoryChoice.Found found, SlackCaller caller, CancellationToken cancellationToken)
    {
        var name = found.Info.Name;
        if (await SlackCommits.FindAsync(command.Commit, found, cancellationToken) is not { } commit)
        {
            return SlackCommits.Unknown(command.Commit, name);
        }

        var request = new PromotionRequest
        {
            RepositoryId = found.Info.Id,
            Sha = commit.Sha,
            Source = new CommitSource.LookedAt(commit.LookedAt),
            By = caller.Login,
        };
        var outcome = await promotions.PromoteAsync(request, found.GitHub, cancellationToken);
        return outcome switch
        {
            PromotionOutcome.Promoted promoted => new SlackAnswer
            {
                Audience = Audience.Channel,
                Headline = Mrkdwn.Of($":arrow_double_up: {name} {commit.Sha.Short} is promoted"),
                Sentences = [promoted.Sentence],
                Notes = [Mrkdwn.Of($"Targets that waited for this go on by themselves: {$"{caller.Command} status {name}"}")],
            },
            PromotionOutcome.Unavailable unavailable => SlackAnswers.Unavailable(unavailable.Sentence),
            PromotionOutcome.AlreadyPromoted already => new SlackAnswer
            {
                Audience = Audience.Caller,
                Headline = Mrkdwn.Of($":arrow_double_up: {name} {commit.Sha.Short} is promoted already"),
                Sentences = [already.Sentence],
            },
            PromotionOutcome.Unknown or PromotionOutcome.Refused => SlackAnswer.Refusal(
                Mrkdwn.Of($":grey_question: {name} {commit.Sha.Short} was not promoted"), outcome.Sentence),
            _ => throw new InvalidOperationException($"A promotion that is {outcome} has no meaning here."),
        };
    }
}

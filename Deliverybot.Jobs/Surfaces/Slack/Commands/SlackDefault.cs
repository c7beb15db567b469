using Deliverybot.Jobs.Surfaces.Slack.Messages;
using Deliverybot.Jobs.Surfaces.Words;

namespace Deliverybot.Jobs.Surfaces.Slack.Commands;

/// <summary><c>/deliverybot default owner/repo</c>: whoever can see the repository may name it. Everybody in the channel is told.</summary>
internal sealed class SlackDefault(SlackRepositories repositories)
{
    public async Task<SlackAnswer> AnswerAsync(DefaultCommand command, SlackCaller caller, CancellationToken cancellationToken)
    {
        switch (await repositories.ToReadAsync(command.Repository, caller, cancellationToken))
        {
            case RepositoryChoice.Found found:
                await repositories.SetDefaultAsync(caller.Channel, found.Info.Id, cancellationToken);
                return new SlackAnswer
                {
                    Audience = Audience.Channel,
                    Headline = Mrkdwn.Of($":pushpin: Commands in this channel mean {found.Info.Name} now"),
                    Sentences = ["Another repository can still be named in each command."],
                    Notes = [Mrkdwn.Of($"by {caller.User}"), Mrkdwn.Of($"Try {$"{caller.Command} status"}")],
                };
            case RepositoryChoice.Refused(var refusal):
                return refusal;
            case var other:
                throw new InvalidOperationException($"A repository that is {other} has no meaning here.");
        }
    }
}

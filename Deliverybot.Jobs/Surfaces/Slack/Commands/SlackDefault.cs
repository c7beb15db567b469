using Deliverybot.Jobs.Surfaces.Slack.Messages;
using Deliverybot.Jobs.Surfaces.Words;

namespace Deliverybot.Jobs.Surfaces.Slack.Commands;

/// <summary><c>/deliverybot default owner/repo</c>: whoever can see the repository may name it. Everybody in the channel is told.</summary>
internal sealed class SlackDefault(SlackRepositories repositories)
{
    public Task<SlackAnswer> AnswerAsync(DefaultCommand command, SlackCaller caller, CancellationToken cancellationToken) =>
        repositories.LookAsync(
            command.Repository,
            caller,
            async info =>
            {
                await repositories.SetDefaultAsync(caller.Channel, info.Id, cancellationToken);
                return new SlackAnswer
                {
                    Audience = Audience.Channel,
                    Headline = Mrkdwn.Of($":pushpin: Commands in this channel mean {info.Name} now"),
                    Sentences = ["Another repository can still be named in each command."],
                    Notes = [Mrkdwn.Of($"by {caller.User}"), Mrkdwn.Of($"Try {$"{caller.Command} status"}")],
                };
            },
            cancellationToken);
}

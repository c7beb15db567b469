using Deliverybot.Jobs.Slack.Grammar;
using Deliverybot.Jobs.Slack.Links;
using Deliverybot.Jobs.Slack.Messages;

namespace Deliverybot.Jobs.Slack.Commands;

/// <summary>Carries out what was asked for, as the caller.</summary>
internal sealed class SlackCommands(
    DeployCommand deploy,
    StatusCommand status,
    PromoteCommand promote,
    LockCommands locks,
    RollbackCommand rollback,
    DefaultCommand channelDefault,
    SlackLinks links,
    SlackPages pages)
{
    public async Task<SlackAnswer> AnswerAsync(SlackCommand command, SlackCaller caller, CancellationToken cancellationToken) => command switch
    {
        SlackCommand.Deploy asked => await deploy.AnswerAsync(asked, caller, cancellationToken),
        SlackCommand.Status asked => await status.AnswerAsync(asked, caller, cancellationToken),
        SlackCommand.Promote asked => await promote.AnswerAsync(asked, caller, cancellationToken),
        SlackCommand.Lock asked => await locks.AnswerAsync(asked, caller, cancellationToken),
        SlackCommand.Unlock asked => await locks.AnswerAsync(asked, caller, cancellationToken),
        SlackCommand.Rollback asked => await rollback.AnswerAsync(asked, caller, cancellationToken),
        SlackCommand.Default asked => await channelDefault.AnswerAsync(asked, caller, cancellationToken),
        SlackCommand.Logout => await LogoutAsync(caller, cancellationToken),
        SlackCommand.Login => SlackAnswers.Login(pages.Link, caller.Command),
        SlackCommand.Help => SlackAnswers.Help(caller.Command),
        _ => throw new InvalidOperationException($"{command} is no command."),
    };

    private async Task<SlackAnswer> LogoutAsync(SlackCaller caller, CancellationToken cancellationToken)
    {
        await links.EndAsync(caller.Link, cancellationToken);
        return new SlackAnswer
        {
            Audience = Audience.Caller,
            Headline = Mrkdwn.Of($":wave: You are no longer linked to {caller.Login}"),
            Sentences = ["The link's token was deleted here and taken back at GitHub."],
            Notes = [Mrkdwn.Of($"Link again any time: {$"{caller.Command} login"}")],
        };
    }
}

using Deliverybot.Data;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.GitHub;
using Deliverybot.Jobs.Surfaces.Slack.Links;
using Deliverybot.Jobs.Surfaces.Slack.Messages;
using Deliverybot.Jobs.Surfaces.Words;

namespace Deliverybot.Jobs.Surfaces.Slack.Commands;

/// <summary>Carries out what was asked for, as the caller.</summary>
internal sealed class SlackCommands(
    IServiceProvider acts,
    DeliverybotContext db,
    SlackRepositories repositories,
    SlackReply reply,
    SlackStatus status,
    SlackDefault channelDefault,
    SlackLinks links,
    SlackPages pages)
{
    public async Task<SlackAnswer> AnswerAsync(Command command, SlackCaller caller, CancellationToken cancellationToken) => command switch
    {
        ActCommand asked => await ActAsync(asked, caller, cancellationToken),
        StatusCommand asked => await status.AnswerAsync(asked, caller, cancellationToken),
        DefaultCommand asked => await channelDefault.AnswerAsync(asked, caller, cancellationToken),
        LogoutCommand => await LogoutAsync(caller, cancellationToken),
        LoginCommand => SlackAnswers.Login(pages.Link, caller.Command),
        HelpCommand => SlackAnswers.Help(caller.Command),
        _ => throw new InvalidOperationException($"{command} is no command."),
    };

    private Task<SlackAnswer> ActAsync(ActCommand command, SlackCaller caller, CancellationToken cancellationToken) => repositories.ActAsync(
        command.Repository,
        caller,
        async (info, actor) =>
        {
            var results = await command.ActAsync(acts, new SlackPlace(actor, db), cancellationToken);
            return await reply.OfAsync(command, results.Single(), info.Name, caller, cancellationToken);
        },
        cancellationToken);

    private async Task<SlackAnswer> LogoutAsync(SlackCaller caller, CancellationToken cancellationToken)
    {
        await links.EndAsync(caller.Link, cancellationToken);
        return new SlackAnswer
        {
            Audience = Audience.Caller,
            Headline = Mrkdwn.Of($":wave: You are no longer linked to {caller.User}"),
            Sentences = ["The link's token was deleted here and taken back at GitHub."],
            Notes = [Mrkdwn.Of($"Link again any time: {$"{caller.Command} login"}")],
        };
    }
}

/// <summary>Who has given a command, and where. It exists while the command is answered.</summary>
/// <param name="User">As whom at GitHub.</param>
/// <param name="GitHub">That person's own access.</param>
/// <param name="Command">How the slash command is called there.</param>
/// <param name="Text">What was written after that.</param>
/// <param name="Link">The number of the link.</param>
internal sealed record SlackCaller(GitHubUser User, UserClient GitHub, SlackChannel Channel, string Command, string Text, long Link);

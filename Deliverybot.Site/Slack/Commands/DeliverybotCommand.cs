using Deliverybot.Jobs.Markup;
using Deliverybot.Jobs.Surfaces.Slack;
using Deliverybot.Jobs.Surfaces.Slack.Commands;
using Deliverybot.Jobs.Surfaces.Slack.Grammar;
using Deliverybot.Jobs.Surfaces.Slack.Links;
using Deliverybot.Jobs.Surfaces.Slack.Messages;
using Deliverybot.Jobs.Surfaces.Words;
using Deliverybot.Site.Slack.SlackNet;
using Microsoft.Extensions.Options;

namespace Deliverybot.Site.Slack.Commands;

/// <summary>
/// <c>/deliverybot</c>: what needs nothing but our own pages is answered at once; everything else is taken, and answered by a job.
/// GitHub is never asked here.
/// </summary>
internal sealed class DeliverybotCommand(
    SlackLinks links, SlackWorkspaces workspaces, SlackRequests requests, SlackPages pages, IOptions<SlackOptions> options) : ISlashCommandHandler
{
    private const int LongestShown = 150;

    public async Task<SlashCommandResponse> Handle(SlashCommand command, CancellationToken cancellationToken) =>
        new(BlockKit.Write(await AnswerAsync(command, cancellationToken)));

    private Task<SlackAnswer> AnswerAsync(SlashCommand command, CancellationToken cancellationToken) =>
        SlackGrammar.Read(command.Text).Match(
            asked => AnswerAsync(asked, command, cancellationToken),
            mistyped => Task.FromResult(SlackAnswers.Mistyped(mistyped, command.Command)));

    private async Task<SlackAnswer> AnswerAsync(Command asked, SlashCommand command, CancellationToken cancellationToken) => asked switch
    {
        HelpCommand => SlackAnswers.Help(command.Command),
        _ when !options.Value.Owns(command.ResponseUrl) => SlackAnswer.Refusal(
            Mrkdwn.Of($":warning: This can't be answered"), "The command names an address for answers that isn't Slack's: check Slack:Url."),
        _ when !await workspaces.HasAsync(command.TeamId, cancellationToken) => SlackAnswer.Refusal(
            Mrkdwn.Of($":warning: This workspace hasn't added Deliverybot yet"),
            "Commands are taken from workspaces that have added the app here.",
            Mrkdwn.Link(pages.Install, "Add to Slack")),
        LoginCommand => SlackAnswers.Login(pages.Link, command.Command),
        _ => await TakeAsync(command, cancellationToken),
    };

    private async Task<SlackAnswer> TakeAsync(SlashCommand command, CancellationToken cancellationToken)
    {
        var user = new SlackUser(command.TeamId, command.UserId);
        if (await links.FindAsync(user, cancellationToken) is not { } link)
        {
            return SlackAnswers.NotLinked(pages.Link);
        }

        var channel = new SlackChannel(command.TeamId, command.ChannelId);
        await requests.TakeAsync(new TakenCommand(user, channel, command.Command, command.Text, command.ResponseUrl), link, cancellationToken);
        return new SlackAnswer
        {
            Audience = Audience.Caller,
            Headline = Mrkdwn.Of($":hourglass_flowing_sand: {PlainLine.Of(SlackText.Plain(command.Text), LongestShown)}"),
        };
    }
}

namespace Deliverybot.Site.Slack.SlackNet;

/// <summary>Answers a slash command. Slack waits for three seconds; what takes longer goes to the command's own address.</summary>
internal interface ISlashCommandHandler
{
    Task<SlashCommandResponse> Handle(SlashCommand command, CancellationToken cancellationToken);
}

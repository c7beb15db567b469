namespace Deliverybot.Site.Slack.SlackNet;

/// <summary>Hears of something that has happened in a workspace.</summary>
internal interface IEventHandler
{
    /// <param name="type">Slack's name of the event.</param>
    Task Handle(string type, string teamId, CancellationToken cancellationToken);
}

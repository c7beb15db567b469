namespace Deliverybot.Site.Slack.SlackNet;

/// <summary>Hears of something that has happened in a workspace.</summary>
internal interface IEventHandler
{
    /// <param name="type">Slack's name of the event.</param>
    /// <param name="teamId">The workspace.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    Task Handle(string type, string teamId, CancellationToken cancellationToken);
}

namespace Deliverybot.Site.Slack;

/// <summary>A link, as its owner sees it.</summary>
internal sealed record SlackLinkLine(long Id, string Team, string SlackUserId, DateTimeOffset LinkedAt);

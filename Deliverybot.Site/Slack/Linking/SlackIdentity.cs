using Deliverybot.Jobs.Surfaces.Slack;

namespace Deliverybot.Site.Slack.Linking;

/// <summary>Who somebody is in Slack.</summary>
internal sealed record SlackIdentity(SlackUser User, string Name, string TeamName);

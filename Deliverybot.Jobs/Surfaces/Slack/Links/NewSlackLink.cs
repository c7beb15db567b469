using Deliverybot.Data.Names;
using Deliverybot.Jobs.GitHub.Access;

namespace Deliverybot.Jobs.Surfaces.Slack.Links;

/// <summary>Who is to act as whom, and what GitHub has given for it.</summary>
internal sealed record NewSlackLink(SlackUser Slack, GitHubUserId UserId, GitHubLogin Login, UserGrant Grant);

using System.Security.Claims;
using Deliverybot.Jobs.Surfaces.Slack;

namespace Deliverybot.Site.Slack.Linking;

/// <summary>What Slack's id token says (<see href="https://docs.slack.dev/authentication/sign-in-with-slack/"/>).</summary>
internal static class SlackClaims
{
    public const string TeamId = "https://slack.com/team_id";

    public const string UserId = "https://slack.com/user_id";

    public const string TeamName = "https://slack.com/team_name";

    public const string Name = "name";

    public static SlackIdentity? Identity(ClaimsPrincipal? principal) =>
        principal?.FindFirstValue(TeamId) is { Length: > 0 } team && principal.FindFirstValue(UserId) is { Length: > 0 } user
            ? new SlackIdentity(
                new SlackUser(team, user),
                principal.FindFirstValue(Name) is { Length: > 0 } name ? name : user,
                principal.FindFirstValue(TeamName) is { Length: > 0 } teamName ? teamName : team)
            : null;
}

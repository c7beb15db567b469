using Deliverybot.Jobs.Slack.Commands;

namespace Deliverybot.Site.Slack.Linking;

internal static class SlackRoutes
{
    public const string Commands = "/_/slack/commands";

    public const string Install = SlackPages.InstallPath;

    public const string InstallCallback = "/_/slack/callback";

    public const string Link = SlackPages.LinkPath;

    public const string LinkCallback = "/_/slack/link/callback";

    public const string Confirm = "/_/slack/link/confirm";

    public const string Unlink = "/_/slack/unlink";

    public const string Failed = "/_/slack/failed";

    public static string FailedBecause(LinkFault why) => $"{Failed}?why={why}";
}

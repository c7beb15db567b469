namespace Deliverybot.Site.Slack.Linking;

/// <summary>The names of what authenticates with Slack.</summary>
internal static class SlackSchemes
{
    /// <summary>Adds the slash command to a workspace.</summary>
    public const string Install = "SlackInstall";

    /// <summary>Sign in with Slack.</summary>
    public const string Identity = "SlackIdentity";

    /// <summary>Who somebody is in Slack, until they have said that this is to be linked.</summary>
    public const string Pending = "SlackPending";
}

using Deliverybot.Site.Addresses;

namespace Deliverybot.Site.Slack.Linking;

/// <summary>Why somebody wasn't linked, or a workspace wasn't added.</summary>
internal enum LinkFault
{
    /// <summary>Slack or GitHub was left, it took too long, or the answer belongs to another browser.</summary>
    Unfinished,

    /// <summary>It was begun by another GitHub user than the one who is signed in.</summary>
    OtherSession,

    /// <summary>GitHub was asked for the signed-in user's consent, and another one gave it.</summary>
    OtherAccount,

    /// <summary>The Slack user's workspace hasn't added the app.</summary>
    NotAdded,

    /// <summary>Slack named no workspace: the app was installed for a whole organisation.</summary>
    NoWorkspace,
}

internal static class LinkFaults
{
    /// <summary>The page that says so.</summary>
    public static string Page(this LinkFault why) => $"{Address.SlackFailed}?why={why}";
}

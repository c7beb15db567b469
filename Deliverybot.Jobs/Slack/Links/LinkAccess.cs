using Deliverybot.Data.Names;
using Deliverybot.Jobs.GitHub;

namespace Deliverybot.Jobs.Slack.Links;

/// <summary>What a link gives to whoever answers its owner's command.</summary>
internal abstract record LinkAccess
{
    private LinkAccess()
    {
    }

    /// <param name="Login">As whom.</param>
    /// <param name="Token">In memory only, for this command.</param>
    public sealed record Granted(GitHubLogin Login, UserToken Token) : LinkAccess;

    /// <summary>There is no such link any more.</summary>
    public sealed record Unlinked : LinkAccess;

    /// <summary>GitHub doesn't renew the token: the person has to link again.</summary>
    public sealed record Ended : LinkAccess;
}

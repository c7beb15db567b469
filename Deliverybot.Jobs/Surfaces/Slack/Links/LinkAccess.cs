using Deliverybot.Data.Names;
using Deliverybot.Jobs.GitHub.Transport;

namespace Deliverybot.Jobs.Surfaces.Slack.Links;

/// <summary>What a link gives to whoever answers its owner's command.</summary>
internal abstract record LinkAccess
{
    private LinkAccess()
    {
    }

    /// <param name="User">As whom.</param>
    /// <param name="Token">In memory only, for this command.</param>
    public sealed record Granted(GitHubUser User, UserToken Token) : LinkAccess;

    /// <summary>There is no such link any more.</summary>
    public sealed record Unlinked : LinkAccess;

    /// <summary>GitHub doesn't renew the token: the person has to link again.</summary>
    public sealed record Ended : LinkAccess;
}

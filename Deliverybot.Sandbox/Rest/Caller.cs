using Deliverybot.Sandbox.Requests;
using Deliverybot.Sandbox.Tokens;
using Deliverybot.Sandbox.World;

namespace Deliverybot.Sandbox.Rest;

/// <summary>Who makes a request.</summary>
internal abstract record Caller
{
    private Caller()
    {
    }

    public CallerKind Kind => this switch
    {
        AsApp => CallerKind.App,
        AsInstallation => CallerKind.Installation,
        AsUser => CallerKind.User,
        _ => CallerKind.Anonymous,
    };

    /// <summary>Whose rate limit is used up.</summary>
    public string LimitKey => this switch
    {
        AsApp => "app",
        AsInstallation caller => $"installation ID {caller.Installation.Id}",
        AsUser caller => $"user ID {caller.Token.User.Id}",
        _ => "127.0.0.1",
    };

    internal sealed record Anonymous : Caller;

    internal sealed record AsApp : Caller;

    internal sealed record AsInstallation(Installation Installation, InstallationToken Token) : Caller;

    internal sealed record AsUser(UserToken Token) : Caller;
}

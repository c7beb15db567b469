namespace Deliverybot.Sandbox.Requests;

/// <summary>As whom a request was made.</summary>
public enum CallerKind
{
    Anonymous,
    App,
    Installation,
    User,
}

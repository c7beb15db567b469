namespace Deliverybot.Sandbox.Rest;

/// <summary>Which kind of caller a route is for.</summary>
internal enum AccessKind
{
    Anyone,
    App,
    User,
    Installation,
    Repository,
}

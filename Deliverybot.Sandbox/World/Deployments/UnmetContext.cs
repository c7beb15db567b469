namespace Deliverybot.Sandbox.World;

/// <summary>A required context that isn't good, and what it is instead.</summary>
internal sealed record UnmetContext(string Context, string State);

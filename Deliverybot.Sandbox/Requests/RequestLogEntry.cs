namespace Deliverybot.Sandbox.Requests;

/// <summary>One request that was answered (or whose answer was dropped).</summary>
/// <param name="Route">The template, empty for an unknown route.</param>
/// <param name="Path">Path and query as they came.</param>
public sealed record RequestLogEntry(DateTimeOffset Time, string Method, string Route, string Path, int Status, CallerKind Caller);

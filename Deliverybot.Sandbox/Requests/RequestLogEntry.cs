namespace Deliverybot.Sandbox.Requests;

/// <summary>One request that was answered (or whose answer was dropped).</summary>
/// <param name="Route">The template, empty for an unknown route.</param>
/// <param name="Path">Path and query as they came.</param>
/// <param name="Asked">The repository that a GraphQL query is about, <c>owner/name</c>.</param>
/// <param name="Bytes">How long the body said that it is.</param>
public sealed record RequestLogEntry(
    DateTimeOffset Time, string Method, string Route, string Path, int Status, CallerKind Caller, string? Asked = null, long Bytes = 0);

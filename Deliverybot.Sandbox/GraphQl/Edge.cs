namespace Deliverybot.Sandbox.GraphQl;

/// <summary>An item of a connection and where it is.</summary>
internal sealed record Edge<T>(string Cursor, T Node);

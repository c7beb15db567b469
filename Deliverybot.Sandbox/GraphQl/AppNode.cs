namespace Deliverybot.Sandbox.GraphQl;

/// <summary>The App behind a check.</summary>
internal sealed record AppNode(string Id, long DatabaseId, string Name, string Slug);

namespace Deliverybot.Sandbox.World;

/// <summary>A published release.</summary>
public sealed record Release(long Id, string TagName, string Target, string Name, bool Prerelease, Account Author, DateTimeOffset PublishedAt);

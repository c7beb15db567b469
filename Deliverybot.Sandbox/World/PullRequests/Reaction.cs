namespace Deliverybot.Sandbox.World;

/// <summary>A reaction; <see cref="Content"/> is GitHub's word (<c>+1</c>, <c>eyes</c>, <c>rocket</c> …).</summary>
public sealed record Reaction(long Id, Account User, string Content, DateTimeOffset CreatedAt);

namespace Deliverybot.Sandbox.World;

/// <summary>A plain issue, which shares the numbers of pull requests.</summary>
public sealed record Issue(long Id, int Number, string Title, Account Author, DateTimeOffset CreatedAt);

namespace Deliverybot.Sandbox.World;

/// <summary>A commit status; the newest of each context counts.</summary>
public sealed record CommitStatus(
    long Id,
    string Sha,
    string Context,
    string State,
    string? Description,
    string? TargetUrl,
    Account Creator,
    DateTimeOffset CreatedAt);

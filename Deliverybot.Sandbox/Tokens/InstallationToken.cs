namespace Deliverybot.Sandbox.Tokens;

/// <summary>An installation access token, which may be narrower than its installation.</summary>
internal sealed record InstallationToken(
    string Token,
    long InstallationId,
    IReadOnlySet<long>? Repositories,
    IReadOnlyDictionary<string, string>? Permissions,
    DateTimeOffset ExpiresAt);

using Deliverybot.Sandbox.World;

namespace Deliverybot.Sandbox.Tokens;

/// <summary>A user access token of the App.</summary>
internal sealed record UserToken(string Token, Account User, DateTimeOffset IssuedAt, DateTimeOffset? ExpiresAt, string? RefreshToken, DateTimeOffset? RefreshExpiresAt);

using Deliverybot.Sandbox.World;

namespace Deliverybot.Sandbox.Tokens;

/// <summary>The code that a sign-in hands to the App; good once, for ten minutes.</summary>
internal sealed record AuthorizationCode(string Code, Account User, string? RedirectUri, string? CodeChallenge, DateTimeOffset ExpiresAt);

namespace Deliverybot.Jobs.GitHub.Access;

/// <summary>What GitHub gives for a user's consent.</summary>
/// <param name="Token">Asks in the user's name.</param>
/// <param name="Refresh">Null where the App's user tokens don't expire.</param>
/// <param name="EndsAt">When the token ends; null where it doesn't.</param>
internal sealed record UserGrant(UserToken Token, RefreshToken? Refresh, DateTimeOffset? EndsAt);

namespace Deliverybot.Jobs.GitHub;

/// <summary>GitHub no longer takes a user's token (expired, revoked, or the App was removed): the user has to sign in anew.</summary>
internal sealed class UserTokenEndedException() : Exception("GitHub no longer accepts this user's token.");

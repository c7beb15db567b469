using Deliverybot.Data.Names;

namespace Deliverybot.Tests;

/// <summary>People who are in no stand-in: the same login is the same person.</summary>
internal static class Somebody
{
    public static GitHubUser Called(string login) => new(new GitHubUserId(1_000_000 + login.Sum(letter => letter * 31L)), new GitHubLogin(login));
}

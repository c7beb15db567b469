using Deliverybot.Data.Names;

namespace Deliverybot.Jobs.GitHub.Access;

/// <summary>A user, organisation or bot.</summary>
internal sealed record GitHubAccount(GitHubLogin Login, GitHubUserId Id, string? AvatarUrl = null, string? Name = null, string? Type = null)
{
    public GitHubUser User => new(Id, Login);
}

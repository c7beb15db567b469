using System.Text.Json.Serialization;
using Deliverybot.Data.Names;

namespace Deliverybot.Jobs.GitHub.Access;

/// <summary>The App installed in an account.</summary>
/// <param name="RepositorySelection"><c>all</c> or <c>selected</c>.</param>
/// <param name="Permissions">What its owner has accepted: less than the App has by now, where that was given more since.</param>
/// <param name="Events">The same of the events.</param>
internal sealed record GitHubInstallation(
    InstallationId Id,
    GitHubAccount Account,
    string? RepositorySelection,
    string? HtmlUrl,
    DateTimeOffset? SuspendedAt,
    IReadOnlyDictionary<string, string>? Permissions = null,
    IReadOnlyList<string>? Events = null)
{
    /// <summary>
    /// Whether a user or an organisation installed it, and may have repositories. GitHub tells no account where that is gone,
    /// and an enterprise has no login.
    /// </summary>
    [JsonIgnore]
    public bool HasOwner => Account is { Login.Value.Length: > 0 };

    /// <summary>GitHub does nothing there for the App until somebody ends that.</summary>
    [JsonIgnore]
    public bool IsSuspended => SuspendedAt is not null;

    /// <summary>A page of a user's installations, as GitHub wraps it.</summary>
    internal sealed record Page(int TotalCount, GitHubInstallation[] Installations);
}

/// <summary>A user, organisation or bot.</summary>
internal sealed record GitHubAccount(GitHubLogin Login, GitHubUserId Id, string? AvatarUrl = null, string? Name = null, string? Type = null)
{
    public GitHubUser User => new(Id, Login);
}

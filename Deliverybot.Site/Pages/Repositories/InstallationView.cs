using Deliverybot.Data.Names;
using Deliverybot.Site.Pages.Shared;

namespace Deliverybot.Site.Pages.Repositories;

/// <summary>An account that the App is installed in, as far as the user reaches it.</summary>
/// <param name="Account">The organisation or user.</param>
/// <param name="IsSuspended">Whether the account has told GitHub to suspend the App.</param>
/// <param name="Lines">Its repositories on this page.</param>
/// <param name="Total">How many there are in all.</param>
internal sealed record InstallationView(GitHubLogin Account, string? Avatar, bool IsSuspended, IReadOnlyList<RepositoryLine> Lines, int Total);

/// <summary>A repository in a list, with its newest deployment.</summary>
internal sealed record RepositoryLine(RepositoryName Name, string? Description, bool IsPrivate, RepositoryLine.Latest? Newest)
{
    internal sealed record Latest(EnvironmentName Environment, StateView State, DateTimeOffset At, DeploymentId Id);
}

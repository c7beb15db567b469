using Deliverybot.Data.Names;

namespace Deliverybot.Site.Pages.Repositories;

/// <summary>An account that the App is installed in, as far as the user reaches it.</summary>
/// <param name="Account">The organisation or user.</param>
/// <param name="Avatar">Its picture.</param>
/// <param name="IsSuspended">Whether the account has told GitHub to suspend the App.</param>
/// <param name="Lines">Its repositories on this page.</param>
/// <param name="Total">How many there are in all.</param>
internal sealed record InstallationView(GitHubLogin Account, string? Avatar, bool IsSuspended, IReadOnlyList<RepositoryLine> Lines, int Total);

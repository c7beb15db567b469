using Deliverybot.Data.Names;

namespace Deliverybot.Jobs.Core.Repositories;

/// <summary>What else ends when an account uninstalls the App: whoever keeps something for it knows how.</summary>
internal interface IEndsWithInstallation
{
    /// <param name="id">Its row is still there.</param>
    /// <param name="account">Who had it; null where that was never told.</param>
    /// <param name="cancellationToken">Set when the server shuts down.</param>
    Task EndOfInstallationAsync(InstallationId id, GitHubUserId? account, CancellationToken cancellationToken);
}

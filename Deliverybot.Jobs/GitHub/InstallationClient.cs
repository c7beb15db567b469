using Deliverybot.Data.Names;
using Deliverybot.Jobs.GitHub.Transport;

namespace Deliverybot.Jobs.GitHub;

/// <summary>What the App does by itself, where it is installed. Kept as long as the process, with its token and its ETags.</summary>
internal sealed class InstallationClient(GitHubTransport transport, InstallationId id)
{
    public InstallationId Id => id;

    /// <inheritdoc cref="GitHubTransport.LeaveCallsToOthers"/>
    public void LeaveCallsToOthers() => transport.LeaveCallsToOthers();

    public RepositoryClient Repository(RepositoryName name) => new(transport, name);
}

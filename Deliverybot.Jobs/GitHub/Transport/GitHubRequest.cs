using Octokit.Internal;

namespace Deliverybot.Jobs.GitHub.Transport;

/// <summary>Octokit's request, which also remembers what it was made of.</summary>
internal sealed class GitHubRequest(GitHubCall call) : Request
{
    public GitHubCall Call { get; } = call;
}

using Deliverybot.Data.Names;

namespace Deliverybot.Jobs.GitHub.Deployments;

/// <summary>The little that is read of GitHub's answer to a creation.</summary>
internal sealed record CreatedDeployment(GitHubDeploymentId Id, CommitSha Sha, DateTimeOffset? CreatedAt);

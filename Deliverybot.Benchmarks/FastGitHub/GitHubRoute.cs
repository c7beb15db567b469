namespace Deliverybot.Benchmarks.FastGitHub;

/// <summary>The routes that the Site needs; calls are counted by them.</summary>
internal enum GitHubRoute
{
    App,
    InstallationToken,
    Repository,
    DeployFile,
    Reference,
    Commit,
    Compare,
    Checks,
    CreateDeployment,
    Deployments,
    CreateDeploymentStatus,
    CreateCommitStatus,
    Unknown,
}

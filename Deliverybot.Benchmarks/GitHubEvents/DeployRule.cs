namespace Deliverybot.Benchmarks.GitHubEvents;

/// <summary>What a repository's <c>deploy.yml</c> says about pushes.</summary>
internal enum DeployRule
{
    EveryBranch,
    OnceChecksPass,
    NoBranch,
}

using System.Diagnostics;

namespace Deliverybot.Benchmarks.GitHubEvents;

/// <summary>One of the repositories that the load is spread over.</summary>
internal sealed record LoadRepository(int Number, DeployRule Rule)
{
    public const string Owner = "benchmark";
    public const string DefaultBranch = "main";
    public const string RequiredContext = "ci/build";
    public const long InstallationId = 4_101;

    public long Id => 700_000 + Number;

    public string Name => $"service-{Number:000}";

    public string FullName => $"{Owner}/{Name}";

    public string DeployFile => Rule switch
    {
        DeployRule.EveryBranch => """
            production:
              auto_deploy_on: refs/heads/*
              description: Deploy of a pushed branch

            """,
        DeployRule.OnceChecksPass => $"""
            production:
              auto_deploy_on: refs/heads/*
              required_contexts: [{RequiredContext}]

            """,
        DeployRule.NoBranch => """
            production:
              auto_deploy_on: refs/tags/v*

            """,
        _ => throw new UnreachableException(),
    };

    public static IReadOnlyList<LoadRepository> Many(int count, DeployRule rule) =>
        [.. Enumerable.Range(1, count).Select(number => new LoadRepository(number, rule))];
}

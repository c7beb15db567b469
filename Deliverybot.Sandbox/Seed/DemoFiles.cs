namespace Deliverybot.Sandbox.Seed;

/// <summary>What the repositories of the try-out hold at first; each deploys in a way of its own.</summary>
internal static class DemoFiles
{
    /// <summary>One target, deployed on each push once <c>ci</c> is good.</summary>
    public static IReadOnlyDictionary<string, string> Shop { get; } = With("shop", """
        production:
          auto_deploy_on: refs/heads/main
          required_contexts: [ci]
          description: "Deploy ${{ short_sha }} of the shop"
          payload:
            region: eu-central
        """);

    /// <summary>A pipeline: what runs in dev goes to staging, and from there to production when a person promotes it.</summary>
    public static IReadOnlyDictionary<string, string> Api { get; } = With("api", """
        dev:
          environment: dev
          auto_deploy_on: refs/heads/main
          required_contexts: [build]

        staging:
          environment: staging
          auto_deploy_on: refs/heads/main
          required_contexts: [build, test]
          after: [dev]
          queue: latest

        production:
          environment: production
          auto_deploy_on: refs/heads/main
          required_contexts: [build, test, deliverybot/promotion]
          after: [staging]
          queue: all
        """);

    /// <summary>Two sites in one repository, and a preview of each pull request.</summary>
    public static IReadOnlyDictionary<string, string> Web { get; } = With("web", """
        review:
          environment: review/pr-${{ pr }}
          auto_deploy_on: pr
          required_contexts: [ci]
          transient_environment: true
          production_environment: false

        site:
          environment: site
          auto_deploy_on: refs/heads/main
          required_contexts: [ci, lint]
          payload:
            folder: apps/site

        docs:
          environment: docs
          auto_deploy_on: [refs/heads/main, "refs/tags/docs-*"]
          payload:
            folder: apps/docs
        """);

    /// <summary>Deployed by hand only.</summary>
    public static IReadOnlyDictionary<string, string> Vault { get; } = With("vault", """
        production:
          required_contexts: [ci]
        """);

    /// <summary>What a repository begins with that is created on the page.</summary>
    public static IReadOnlyDictionary<string, string> New(string name) => With(name, """
        production:
          auto_deploy_on: refs/heads/main
          required_contexts: [ci]
        """);

    public static IReadOnlyDictionary<string, string> Bare(string name) => new Dictionary<string, string> { ["README.md"] = $"# {name}\n" };

    public static IReadOnlyList<string> ChecksOf(string repository) => repository switch
    {
        "api" => ["build", "test"],
        "web" => ["ci", "lint"],
        _ => ["ci"],
    };

    private static Dictionary<string, string> With(string name, string deployFile) => new()
    {
        ["README.md"] = $"# {name}\n",
        [".github/deploy.yml"] = deployFile + "\n",
    };
}

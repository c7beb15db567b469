using Deliverybot.Sandbox;
using Deliverybot.Sandbox.World;

namespace Deliverybot.Benchmarks.Pages;

/// <summary>What the stand-in GitHub has: one organisation with many repositories, one of which is looked at.</summary>
internal sealed record SmallTown(long InstallationId, string Owner, IReadOnlyList<Repository> Repositories, IReadOnlyList<string> Commits)
{
    public const string Visitor = "ada";

    private const int CommitsOfShown = 60;

    private const string DeployFile = """
        dev:
          environment: dev
          auto_deploy_on: refs/heads/main
        staging:
          environment: staging
          auto_deploy_on: refs/heads/main
          required_contexts: [ci]
          after: [dev]
        production:
          environment: production
          auto_deploy_on: refs/heads/main
          after: [staging]
          queue: latest
        preview:
          environment: pr-${{ pr }}
          auto_deploy_on: pr
          transient_environment: true

        """;

    /// <summary>The repository whose pages are opened.</summary>
    public Repository Shown => Repositories[0];

    public static SmallTown Build(SandboxServer server, int repositories)
    {
        var world = server.World;
        var visitor = world.CreateUser(Visitor);
        var acme = world.CreateOrganisation("acme", visitor);
        var files = new Dictionary<string, string> { [".github/deploy.yml"] = DeployFile };
        var made = Enumerable.Range(1, repositories).Select(number => world.CreateRepository(acme, $"service-{number:0000}", files)).ToList();
        var installation = world.Install(acme, [.. made]);
        var commits = Enumerable.Range(1, CommitsOfShown).Select(number => Commit(world, made[0], visitor, number)).Reverse().ToList();
        return new SmallTown(installation.Id, acme.Login, made, commits);
    }

    private static string Commit(GitHubWorld world, Repository repository, Account author, int number)
    {
        var sha = world.Push(repository, repository.DefaultBranch, author, $"Change number {number}");
        foreach (var context in new[] { "ci", "lint", "e2e" })
        {
            world.SetStatus(repository, sha, context, "success", author);
        }

        return sha;
    }
}

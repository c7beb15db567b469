using Deliverybot.Sandbox;
using Deliverybot.Sandbox.Faults;
using Deliverybot.Sandbox.World;

namespace Deliverybot.Benchmarks.Hostile;

/// <summary>Somebody whose load is heavy, somebody who means ill, and somebody who only wants to deploy.</summary>
internal sealed record HostileTown(Repository Busy, IReadOnlyList<(Repository Repository, PullRequest Pull)> Hostile, Repository Quiet)
{
    public const string Writer = "ada";

    private const string Mallory = "mallory";
    private const string Bea = "bea";

    public static HostileTown Build(SandboxServer server, int comments)
    {
        var world = server.World;
        var (ada, mallory, bea) = (world.CreateUser(Writer), world.CreateUser(Mallory), world.CreateUser(Bea));
        foreach (var account in new[] { ada, mallory, bea })
        {
            world.Install(account);
        }

        var busy = world.CreateRepository(ada, "busy", Files("production:\n  environment: production\n"));
        var quiet = world.CreateRepository(bea, "quiet", Files("production:\n  auto_deploy_on: refs/heads/main\n"));
        return new HostileTown(busy, [.. Enumerable.Range(0, comments).Select(at => PullOf(world, mallory, $"hostile-{at}"))], quiet);
    }

    /// <summary>For mallory GitHub takes three seconds for each answer, and half a second for each deployment of the busy repository.</summary>
    public static void Slow(SandboxServer server)
    {
        server.Faults.Add(new FaultRule { Owner = Mallory, Latency = TimeSpan.FromSeconds(3) });
        server.Faults.Add(new FaultRule
        {
            Owner = Writer,
            Method = "POST",
            Route = "/repos/{owner}/{repo}/deployments",
            Latency = TimeSpan.FromMilliseconds(500),
        });
    }

    public void Comment(SandboxServer server, int names)
    {
        var command = $"/deploy {string.Join(',', Enumerable.Range(0, names).Select(at => $"t{at}"))}";
        foreach (var (repository, pull) in Hostile)
        {
            server.World.Comment(repository, pull.Number, repository.Owner, command);
        }
    }

    private static (Repository Repository, PullRequest Pull) PullOf(GitHubWorld world, Account owner, string name)
    {
        var repository = world.CreateRepository(owner, name, Files("production:\n  environment: production\n"));
        world.Push(repository, "tea", owner, "Sell tea");
        return (repository, world.OpenPullRequest(repository, "tea", owner, "Sell tea"));
    }

    private static Dictionary<string, string> Files(string deployFile) => new() { [".github/deploy.yml"] = deployFile };
}

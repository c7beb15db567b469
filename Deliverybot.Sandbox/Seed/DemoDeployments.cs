using Deliverybot.Sandbox.World;

namespace Deliverybot.Sandbox.Seed;

/// <summary>Deployments of the last days, one of which failed.</summary>
internal static class DemoDeployments
{
    private const int Deployed = 6;

    public static void Plant(GitHubWorld world, Repository repository, Account creator, params string[] environments)
    {
        var commits = world.Read(_ => repository.Objects.History(repository.Head).Skip(2).Take(Deployed).Reverse().ToList());
        var now = world.Now();
        foreach (var (index, commit) in commits.Index())
        {
            foreach (var (stage, environment) in environments.Index())
            {
                world.Backdated = now - commit.Date - TimeSpan.FromMinutes(20 * (stage + 1));
                var deployment = world.CreateDeployment(repository, commit.Sha, environment, creator);
                world.SetDeploymentStatus(repository, deployment, "in_progress", creator);
                world.Backdated -= TimeSpan.FromMinutes(4);
                world.SetDeploymentStatus(repository, deployment, index == 2 && stage == environments.Length - 1 ? "failure" : "success", creator);
            }
        }

        world.Backdated = TimeSpan.Zero;
    }
}

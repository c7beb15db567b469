using Deliverybot.Sandbox.World;

namespace Deliverybot.Sandbox.Seed;

/// <summary>A pull request of the team and one from a fork.</summary>
internal static class DemoPullRequests
{
    public static void Plant(GitHubWorld world, Repository repository, Account writer, Account outsider)
    {
        world.Backdated = TimeSpan.FromHours(5);
        const string branch = "feature/dark-mode";
        var theme = new Dictionary<string, string?> { ["apps/site/dark.css"] = ":root { color-scheme: dark; }\n" };
        var sha = world.Push(repository, branch, writer, "Add a dark theme", theme);
        world.FinishCheck(repository, world.StartCheck(repository, sha, "ci"), "success");
        world.OpenPullRequest(repository, branch, writer, "Add a dark theme", "For those who read at night.");

        world.Backdated = TimeSpan.FromHours(3);
        var fork = world.Fork(repository, outsider);
        world.Push(fork, "typo", outsider, "Fix a typo", new Dictionary<string, string?> { ["README.md"] = "# The web\n" });
        world.OpenPullRequest(repository, "typo", outsider, "Fix a typo", headRepository: fork);
        world.Backdated = TimeSpan.Zero;
    }
}

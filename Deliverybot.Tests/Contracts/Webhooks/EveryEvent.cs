using Deliverybot.Sandbox.World;
using Deliverybot.Tests.Sandbox;

namespace Deliverybot.Tests.Contracts.Webhooks;

/// <summary>Makes happen all that a stand-in GitHub tells the App of. Nothing needs to listen: all is kept back.</summary>
internal static class EveryEvent
{
    public static void Cause(SandboxDriver github)
    {
        github.World.Webhooks.Paused = true;
        github.World.Webhooks.Url = new Uri("https://deliverybot.example/");
        github.World.Webhooks.Ping();
        CausePushes(github.World, github.Repository, github.Writer);
        CauseChecks(github.World, github.Repository);
        CauseConversation(github.World, github.Repository, github.Writer);
        CauseDeployments(github.World, github.Repository, github.Writer);
        CauseMoves(github.World, github.Repository, github.Writer);
        CauseInstallations(github.World, github.Installation, github.Repository);
    }

    private static void CausePushes(GitHubWorld world, Repository repository, Account ada)
    {
        var change = new Dictionary<string, string?> { ["README.md"] = "changed", ["new"] = "1" };
        world.SetBranch(repository, "topic", repository.Head, ada);
        world.Push(repository, "topic", ada, "A change", change);
        world.SetBranch(repository, "gone", repository.Head, ada);
        world.Push(repository, "gone", ada, "One");
        world.ForcePush(repository, "gone", ada, "Another");
        world.DeleteBranch(repository, "gone", ada);
        world.CreateTag(repository, "v1", repository.Head, ada, "the first");
        world.CreateTag(repository, "v0", repository.Head, ada);
        world.DeleteTag(repository, "v0", ada);
        world.PublishRelease(repository, "v1", ada);
    }

    private static void CauseChecks(GitHubWorld world, Repository repository)
    {
        var head = repository.Branches["topic"];
        world.SetStatus(repository, head, "ci/status", "success", targetUrl: "https://ci.example/1", description: "fine");
        world.SetStatus(repository, head, "ci/bare", "pending");
        var build = world.StartCheck(repository, head, "build");
        world.StartCheck(repository, head, "test", needs: ["build"]);
        world.FinishCheck(repository, build, "failure");
    }

    private static void CauseConversation(GitHubWorld world, Repository repository, Account ada)
    {
        var pull = world.OpenPullRequest(repository, "topic", ada, "A change", "What for");
        world.Push(repository, "topic", ada, "Better");
        var run = world.StartCheck(repository, repository.Branches["topic"], "build");
        world.FinishCheck(repository, run, "success");
        world.ClosePullRequest(repository, pull, ada);
        world.ReopenPullRequest(repository, pull, ada);
        var comment = world.Comment(repository, pull.Number, ada, "/deploy");
        world.EditComment(repository, comment, ada, "/deploy staging");
        world.DeleteComment(repository, comment, ada);
        world.Comment(repository, world.OpenIssue(repository, ada, "A question").Number, ada, "An answer");
        world.MergePullRequest(repository, pull, ada);
    }

    private static void CauseDeployments(GitHubWorld world, Repository repository, Account ada)
    {
        var deployment = world.CreateDeployment(repository, "main", "production", ada);
        foreach (var state in new[] { "in_progress", "success" })
        {
            world.SetDeploymentStatus(repository, deployment, state);
        }

        world.CreateActionsDeployment(repository, "main", "staging");
    }

    private static void CauseMoves(GitHubWorld world, Repository repository, Account ada)
    {
        world.SetDefaultBranch(repository, "topic", ada);
        world.RenameRepository(repository, "store", ada);
        var other = world.CreateRepository(repository.Owner, "other");
        world.TransferRepository(other, ada, ada);
        world.ArchiveRepository(repository, ada);
    }

    private static void CauseInstallations(GitHubWorld world, Installation installation, Repository repository)
    {
        world.RemoveRepositories(installation, repository);
        world.AddRepositories(installation, repository);
        world.Suspend(installation);
        world.Unsuspend(installation);
        world.Uninstall(installation);
    }
}

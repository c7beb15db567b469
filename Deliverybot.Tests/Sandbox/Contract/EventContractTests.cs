using System.Text;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Sandbox.Contract;

/// <summary>What the stand-in sends must have the shape that GitHub describes.</summary>
public sealed class EventContractTests
{
    [Fact]
    public async Task Every_event_that_is_sent()
    {
        await using var github = await SandboxDriver.StartAsync();
        await using var app = await WebhookReceiver.StartAsync(github);
        var (world, repository, ada) = (github.World, github.Repository, github.Writer);
        world.Push(repository, "topic", ada, "One");
        var pull = world.OpenPullRequest(repository, "topic", ada, "A change");
        world.Push(repository, "topic", ada, "Two");
        world.ClosePullRequest(repository, pull, ada);
        world.ReopenPullRequest(repository, pull, ada);
        var comment = world.Comment(repository, pull.Number, ada, "/deploy");
        world.EditComment(repository, comment, ada, "/deploy review");
        world.DeleteComment(repository, comment, ada);
        world.MergePullRequest(repository, pull, ada);
        world.DeleteBranch(repository, "topic", ada);
        world.SetStatus(repository, repository.Head, "ci", "success");
        world.FinishCheck(repository, world.StartCheck(repository, repository.Head, "ci"), "success");
        world.SetDeploymentStatus(repository, world.CreateActionsDeployment(repository, "main", "staging"), "success", logUrl: "https://ci.example.com/1");
        world.PublishRelease(repository, "v1", ada);
        world.RenameRepository(repository, "store", ada);
        world.ArchiveRepository(repository, ada);
        world.RemoveRepositories(github.Installation, repository);
        world.AddRepositories(github.Installation, repository);
        world.Suspend(github.Installation);
        world.Unsuspend(github.Installation);
        world.Uninstall(github.Installation);
        world.Webhooks.Ping();
        await world.Webhooks.WaitUntilDeliveredAsync(SandboxDriver.Cancellation);

        var faults = new List<string>();
        foreach (var received in app.All)
        {
            var body = Encoding.UTF8.GetString(received.Body);
            faults.AddRange(await GitHubDescription.FaultsOfEventAsync(received.Event, (string?)received.Json["action"], body)
                ?? [$"GitHub describes no {received.Event} {received.Json["action"]}"]);
        }

        faults.ShouldBeEmpty();
        app.All.Select(received => received.Event).Distinct().Count().ShouldBe(15);
    }
}

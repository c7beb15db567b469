using Deliverybot.Data.Deploying;
using Deliverybot.Tests.Harness;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.Events.AutoDeploy;

public sealed class TagTests(House house) : IClassFixture<House>
{
    private const string Versions = "production:\n  auto_deploy_on: refs/tags/v*\n";

    private const string Checked = Versions + "  required_contexts: [ci]\n  only_latest: false\n";

    [Theory]
    [InlineData(null)]
    [InlineData("The first")]
    public async Task A_tag_is_deployed_as_the_commit_it_stands_at(string? annotation)
    {
        var wishes = new RepositoryDriver(house, Versions);
        var sha = wishes.Push("Tea");

        house.World.CreateTag(wishes.Repository, "v1", sha, house.Ada, annotation);
        house.World.CreateTag(wishes.Repository, "latest", sha, house.Ada, annotation);
        await wishes.SettleAsync();

        var made = wishes.Repository.Deployments.ShouldHaveSingleItem();
        made.Sha.ShouldBe(sha);
        made.Ref.ShouldBe("v1");
        wishes.CallsTo("git/").ShouldBe(0);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("Once more")]
    public async Task A_tag_that_moves_takes_its_waiting_wish_along(string? annotation)
    {
        var wishes = new RepositoryDriver(house, Checked);
        var older = wishes.Push("Tea");
        house.World.CreateTag(wishes.Repository, "v1", older, house.Ada, annotation);
        await wishes.AwaitAsync("production", older, DeploymentState.Waiting, "Checks");
        var newer = wishes.Push("Green tea");

        house.World.CreateTag(wishes.Repository, "v1", newer, house.Ada, annotation);
        await wishes.SettleAsync();

        (await wishes.AwaitAsync("production", older, DeploymentState.Cancelled)).Reason.ShouldBe($"v1 was moved to {newer[..7]}.");
        await wishes.PassAsync(older, "ci");
        await wishes.PassAsync(newer, "ci");
        wishes.Made.ShouldBe([$"production:{newer}"]);
    }

    [Fact]
    public async Task A_tag_may_be_moved_back_and_deploys_its_old_commit_again()
    {
        var wishes = new RepositoryDriver(house, Versions);
        var older = wishes.Push("Tea");
        var newer = wishes.Push("Green tea");
        foreach (var sha in new[] { older, newer, older })
        {
            house.World.CreateTag(wishes.Repository, "v1", sha, house.Ada);
            await wishes.SettleAsync();
            await wishes.ReportAsync("production", sha, "success");
        }

        wishes.Made.ShouldBe([$"production:{older}", $"production:{newer}", $"production:{older}"]);
    }

    [Fact]
    public async Task A_tag_that_is_deleted_makes_no_wish_and_cancels_what_waits()
    {
        var wishes = new RepositoryDriver(house, Checked);
        var sha = wishes.Push("Tea");
        house.World.CreateTag(wishes.Repository, "v1", sha, house.Ada, "The first");
        await wishes.AwaitAsync("production", sha, DeploymentState.Waiting, "Checks");

        house.World.DeleteTag(wishes.Repository, "v1", house.Ada);
        await wishes.SettleAsync();

        (await wishes.RowsAsync()).ShouldHaveSingleItem().Reason.ShouldBe("v1 was deleted.");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_release_deploys_the_commit_of_its_tag_once(bool prerelease)
    {
        var wishes = new RepositoryDriver(house, "production:\n  auto_deploy_on: [release, refs/tags/v*]\n");
        var sha = wishes.Push("Tea");
        house.World.CreateTag(wishes.Repository, "v1", sha, house.Ada, "The first");

        house.World.PublishRelease(wishes.Repository, "v1", house.Ada, prerelease);
        await wishes.SettleAsync();

        wishes.Made.ShouldBe([$"production:{sha}"]);
    }

    [Fact]
    public async Task A_published_release_is_deployed_and_a_draft_is_not()
    {
        var wishes = new RepositoryDriver(house, "production:\n  auto_deploy_on: release\n");
        var sha = wishes.Push("Tea");
        house.World.CreateTag(wishes.Repository, "v1", sha, house.Ada, "The first");
        house.World.Webhooks.Paused = true;
        house.World.PublishRelease(wishes.Repository, "v1", house.Ada);
        var published = house.World.Webhooks.Deliveries.Last(sent => sent is { Event: "release", Action: "published" });
        house.World.Webhooks.Paused = false;
        await wishes.SettleAsync();
        var row = (await wishes.RowsAsync()).ShouldHaveSingleItem();
        row.Cause.ShouldBe(DeploymentCause.Release);
        row.Ref!.Value.Value.ShouldBe("refs/tags/v1");
        await wishes.ReportAsync("production", sha, "failure");
        var draft = System.Text.Json.Nodes.JsonNode.Parse(published.Body.Span)!.AsObject();
        draft["release"]!["draft"] = true;

        house.World.Webhooks.Send("release", "published", published.InstallationId, wishes.Repository.Id, draft);
        await wishes.SettleAsync();

        wishes.Made.ShouldBe([$"production:{sha}"]);
    }
}

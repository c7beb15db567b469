using System.Text.Json.Nodes;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Upkeep;
using Deliverybot.Tests.Harness;
using Deliverybot.Tests.Jobs.Upkeep;
using Deliverybot.Tests.Site;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.Channels.Statuses;

/// <summary>What GitHub lets wait, for its own reviewers or for a time, is known to wait.</summary>
public sealed class ApprovalTests(House house) : IClassFixture<House>
{
    private const string Queued = "production:\n  auto_deploy_on: refs/heads/main\n  queue: latest\n";
    private const string Waits = "waits for approval at GitHub";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_waits_for_approval_keeps_its_place_in_the_queue()
    {
        var shop = new RepositoryDriver(house, Queued);
        var (first, job) = await AskedAsync(shop);
        await AgeAsync(shop, first, "23 hours");
        var next = shop.Push("Coffee");

        var wish = await shop.SettledAsync(next);
        await house.RunAsync<DueLooksJob>((upkeep, stop) => upkeep.RunAsync(stop));

        (wish.Gate, wish.Reason?.ToString()).ShouldBe(("Queue", $"production is busy with {first[..7]} by ada, which {Waits}."));
        (await shop.RowAsync(next)).State.ShouldBe(DeploymentState.Waiting);

        house.World.SetDeploymentStatus(shop.Repository, job, "in_progress");
        house.World.SetDeploymentStatus(shop.Repository, job, "success");
        await shop.EventuallyAsync(next, DeploymentState.Pending);
    }

    [Fact]
    public async Task GitHub_fails_what_nobody_approves_for_thirty_days_and_the_queue_goes_on()
    {
        var shop = new RepositoryDriver(house, Queued);
        var (first, _) = await AskedAsync(shop);
        var next = shop.Push("Coffee");
        await shop.SettleAsync();
        await AgeAsync(shop, first, "31 days");

        await house.RunAsync<DueLooksJob>((upkeep, stop) => upkeep.RunAsync(stop));

        await shop.EventuallyAsync(next, DeploymentState.Pending);
    }

    [Fact]
    public async Task Its_commit_status_says_so_and_then_how_it_goes_on()
    {
        var shop = new RepositoryDriver(house, "production:\n  auto_deploy_on: refs/heads/main\n");
        var (sha, job) = await AskedAsync(shop);

        house.World.SetDeploymentStatus(shop.Repository, job, "queued");
        await shop.SettleAsync();
        house.World.SetDeploymentStatus(shop.Repository, job, "success");
        await shop.SettleAsync();

        shop.StatusesOf(sha, "deliverybot/production").ShouldBe(
        [
            "pending: Waits for approval at GitHub before it goes to production.",
            "pending: On its way to production.",
            "success: Deployed to production.",
        ]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_is_rejected_has_failed_but_never_began(bool isToldOfApprovalLate)
    {
        var shop = new RepositoryDriver(house, Queued);
        var (sha, job) = await AskedAsync(shop);
        JsonObject? begun = null;
        if (isToldOfApprovalLate)
        {
            var started = house.World.SetDeploymentStatus(shop.Repository, job, "in_progress");
            await shop.SettleAsync();
            await house.ExecuteAsync($"update deployments set awaits_approval = true, status_id = {started.Id - 1} where repository_id = {shop.Repository.Id}");
            begun = Told(shop, "in_progress");
            // Bytes of its own: what was signed is heard once.
            begun["told_late"] = true;
        }

        house.World.SetDeploymentStatus(shop.Repository, job, "failure");
        await shop.SettleAsync();
        if (begun is not null)
        {
            house.World.Webhooks.Send("deployment_status", "created", installationId: await InstallationAsync(shop), shop.Repository.Id, begun);
            await shop.SettleAsync();
        }

        var row = await shop.RowAsync(sha);
        (row.State, row.AwaitsApproval).ShouldBe((DeploymentState.Failure, !isToldOfApprovalLate));
        using var rita = await house.SignInAsync("rita");
        var page = await rita.OpenAsync($"/{shop.Repository.FullName}/deployments");
        page.QuerySelector(".deployment-line")!.TextContent.ShouldContain(isToldOfApprovalLate ? "failed" : "not approved");
        (await rita.OpenAsync($"/{shop.Repository.FullName}/deployments?state=failed")).QuerySelectorAll(".deployment-line").Length.ShouldBe(isToldOfApprovalLate ? 1 : 0);
        (await rita.OpenAsync($"/{shop.Repository.FullName}/deployments?state=not-approved")).QuerySelectorAll(".deployment-line").Length.ShouldBe(isToldOfApprovalLate ? 0 : 1);
        var word = isToldOfApprovalLate ? "failed" : "not approved";
        (await rita.OpenAsync($"/{shop.Repository.FullName}/deployments/{row.Id}")).QuerySelector(".timeline-state")!.TextContent.ShouldBe(word);
        (await rita.OpenAsync($"/{shop.Repository.FullName}/commit/{sha}")).QuerySelector(".timeline li a")!.TextContent.ShouldBe($"production {word}");
        (await rita.OpenAsync($"/{shop.Repository.FullName}/metrics?days=7")).QuerySelectorAll(".key-card")[2].TextContent
            .Contains("1 of 1", StringComparison.Ordinal).ShouldBe(isToldOfApprovalLate);
    }

    [Fact]
    public async Task Pages_say_so_and_the_history_is_narrowed_down_to_it()
    {
        var shop = new RepositoryDriver(house, "production:\n  auto_deploy_on: refs/heads/main\n");
        var (sha, _) = await AskedAsync(shop);
        using var rita = await house.SignInAsync("rita");
        var name = shop.Repository.FullName;
        var row = await shop.RowAsync(sha);

        (await rita.OpenAsync($"/{name}/deployments?state=awaits-approval")).QuerySelectorAll(".deployment-line").ShouldHaveSingleItem().TextContent.ShouldContain(Waits);
        (await rita.OpenAsync($"/{name}/deployments?state=under-way")).QuerySelectorAll(".deployment-line").ShouldHaveSingleItem();
        (await rita.OpenAsync($"/{name}/deployments/{row.Id}")).QuerySelector(".timeline")!.TextContent.ShouldContain(Waits);
        (await rita.OpenAsync($"/{name}/environments")).Body!.TextContent.ShouldContain(Waits);
        (await rita.OpenAsync($"/{name}/branch/main")).Body!.TextContent.ShouldContain(Waits);
        (await rita.OpenAsync($"/{name}/commit/{sha}")).Body!.TextContent.ShouldContain(Waits);
    }

    [Fact]
    public async Task The_comment_of_its_pull_request_says_so()
    {
        var shop = new RepositoryDriver(house, "review:\n  environment: review\n  auto_deploy_on: pr\n");
        var sha = shop.Push("Tea", "tea");
        house.World.OpenPullRequest(shop.Repository, "tea", house.Ada, "Tea");
        await shop.EventuallyAsync(sha, DeploymentState.Pending);

        house.World.SetDeploymentStatus(shop.Repository, house.World.CreateActionsDeployment(shop.Repository, sha, "review"), "waiting");
        await shop.SettleAsync();

        await house.EventuallyAsync(
            () => Task.FromResult(house.World.Read(_ => shop.Repository.Comments.Any(comment => comment.Body.Contains(Waits, StringComparison.Ordinal)))),
            "the comment says so");
    }

    [Theory]
    [InlineData("provisioning")]
    [InlineData("queued")]
    [InlineData("pending")]
    [InlineData("waiting")]
    public async Task No_word_of_GitHubs_is_dropped_at_the_door(string word)
    {
        var shop = new RepositoryDriver(house, "{}");
        var made = house.World.CreateDeployment(shop.Repository, "main", "production", house.Ada);
        await shop.SettleAsync();
        await house.ExecuteAsync($"delete from deployments where repository_id = {shop.Repository.Id}");

        house.World.SetDeploymentStatus(shop.Repository, made, word);
        await shop.SettleAsync();

        var row = (await shop.RowsAsync()).ShouldHaveSingleItem();
        (row.State, row.StatusAt is not null).ShouldBe((DeploymentState.Pending, true));
        (await house.ReadAsync(db => db.DeploymentSteps.CountAsync(step => step.DeploymentId == row.Id, Stop))).ShouldBe(1);
    }

    private static async Task<(string Sha, Deliverybot.Sandbox.World.Deployment Job)> AskedAsync(RepositoryDriver shop)
    {
        var sha = shop.Push("Tea");
        await shop.EventuallyAsync(sha, DeploymentState.Pending);
        var job = shop.World.CreateActionsDeployment(shop.Repository, sha, "production");
        shop.World.SetDeploymentStatus(shop.Repository, job, "waiting");
        await shop.SettleAsync();
        return (sha, job);
    }

    private Task AgeAsync(RepositoryDriver shop, string sha, string by) => house.ExecuteAsync(
        $"update deployments set deployed_at = deployed_at - interval '{by}', status_at = status_at - interval '{by}' where sha = '{sha}' and repository_id = {shop.Repository.Id};"
            + $"update deployments set look_at = look_at - interval '{by}' where state = 'Waiting' and repository_id = {shop.Repository.Id}");

    private JsonObject Told(RepositoryDriver shop, string state) => house.World.Webhooks.Deliveries
        .Where(delivery => delivery.Event == "deployment_status" && delivery.RepositoryId == shop.Repository.Id)
        .Select(delivery => JsonNode.Parse(delivery.Body.Span)!.AsObject())
        .Last(body => body["deployment_status"]!["state"]!.GetValue<string>() == state);

    private async Task<long> InstallationAsync(RepositoryDriver shop) => (await house.ReadAsync(db => db.Repositories.AsNoTracking()
        .SingleAsync(row => row.Id == new RepositoryId(shop.Repository.Id), Stop))).InstallationId.Value;
}

using Deliverybot.Data.Deploying;
using Deliverybot.Jobs.Events.Deliveries;
using Deliverybot.Jobs.GitHub.Transport;
using Deliverybot.Sandbox.Faults;
using Deliverybot.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.Events.Deliveries;

/// <summary>One address of GitHub's that always has a fault stops nothing else of its repository.</summary>
public sealed class FaultyAddressTests : IAsyncLifetime
{
    private const string DeployFile = "production:\n  auto_deploy_on:\n    - refs/heads/main\n    - release\n";

    private readonly House house;

    public FaultyAddressTests(TestPostgreSql postgreSql) => house = new House(postgreSql) { Roles = "web" };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => house.InitializeAsync();

    public ValueTask DisposeAsync() => house.DisposeAsync();

    [Fact]
    public async Task After_three_faults_those_behind_pass()
    {
        var shop = new RepositoryDriver(house, DeployFile);
        await house.ProcessAsync();
        house.World.CreateTag(shop.Repository, "v1", shop.World.Read(_ => shop.Repository.Branches["main"]), house.Ada);
        await house.ProcessAsync();
        Break("GET", "/repos/{owner}/{repo}/git/ref/{**ref}", "tags/v1");
        house.World.PublishRelease(shop.Repository, "v1", house.Ada);
        var sha = shop.Push("Tea");

        await Should.ThrowAsync<RetryLaterException>(house.ProcessAsync);
        await Should.ThrowAsync<RetryLaterException>(house.ProcessAsync);
        shop.Deployed.ShouldBeEmpty();
        (await Should.ThrowAsync<RetryLaterException>(house.ProcessAsync)).Holdup.ShouldBe(Holdup.Fault);

        shop.Deployed.ShouldBe([sha]);
        var left = await house.ReadAsync(db => db.WebhookDeliveries.AsNoTracking().SingleAsync(row => row.ProcessedAt == null && row.Faults > 0, Stop));
        left.Event.ShouldBe("release");
        left.Faults.ShouldBe(3);
    }

    [Fact]
    public async Task Two_that_never_succeed_keep_no_other_that_was_passed_from_it()
    {
        var shop = new RepositoryDriver(house, DeployFile);
        var sha = shop.World.Read(_ => shop.Repository.Branches["main"]);
        string[] tags = ["v1", "v2", "v3"];
        Array.ForEach(tags, tag => house.World.CreateTag(shop.Repository, tag, sha, house.Ada));
        await house.ProcessAsync();
        Array.ForEach(tags[..2], tag => Break("GET", "/repos/{owner}/{repo}/git/ref/{**ref}", $"tags/{tag}"));
        Array.ForEach(tags, tag => house.World.PublishRelease(shop.Repository, tag, house.Ada));
        await house.World.Webhooks.WaitUntilDeliveredAsync(Stop);

        // GitHub was down for all of them.
        await house.ReadAsync(db => db.WebhookDeliveries.Where(row => row.ProcessedAt == null)
            .ExecuteUpdateAsync(row => row.SetProperty(met => met.Faults, DeliveryProcessor.Patience), Stop));
        await Should.ThrowAsync<RetryLaterException>(house.ProcessAsync);
        await Should.ThrowAsync<RetryLaterException>(house.ProcessAsync);

        shop.Deployed.ShouldBe([sha]);
    }

    [Fact]
    public async Task What_comes_later_waits_behind_a_first_fault_and_not_behind_one_that_was_passed()
    {
        var shop = new RepositoryDriver(house, DeployFile);
        await house.ProcessAsync();
        Break("GET", "/repos/{owner}/{repo}/contents/{**path}", shop.Repository.Name);
        shop.Push("Tea");
        await house.World.Webhooks.WaitUntilDeliveredAsync(Stop);

        var first = await RunAsync();
        var second = await RunAsync();
        var third = await RunAsync();

        first.ShouldNotBeNull().ShouldBeGreaterThan(DateTimeOffset.UtcNow);
        second.ShouldNotBeNull().ShouldBeGreaterThan(first.Value);
        third.ShouldBe(second);
    }

    [Theory]
    [InlineData("POST", "/repos/{owner}/{repo}/statuses/{sha}")]
    [InlineData("GET", "/repos/{owner}/{repo}/pulls/{pull_number}/files")]
    [InlineData("POST", "/repos/{owner}/{repo}/issues/{issue_number}/comments")]
    public async Task What_only_informs_holds_up_nothing(string method, string route)
    {
        var shop = new RepositoryDriver(house, $"{DeployFile}preview:\n  environment: preview\n  auto_deploy_on: pr\n");
        await house.ProcessAsync();
        Break(method, route, shop.Repository.Name);
        shop.PushDeployFile($"# Tea\n{DeployFile}preview:\n  environment: preview\n  auto_deploy_on: pr\n");
        shop.PushDeployFile("production: 7\n", "tea");
        house.World.OpenPullRequest(shop.Repository, "tea", house.Ada, "Tea");
        var head = shop.Push("More tea");

        await house.ProcessAsync();

        shop.Deployed.ShouldContain(head);
        (await shop.RowsAsync()).ShouldContain(row => row.Cause == DeploymentCause.PullRequest && row.State == DeploymentState.Pending);
        (await house.ReadAsync(db => db.WebhookDeliveries.CountAsync(row => row.Faults > 0, Stop))).ShouldBe(0);
    }

    [Fact]
    public async Task A_command_is_carried_out_though_no_reaction_can_be_given()
    {
        var shop = new RepositoryDriver(house, "production: {}\n");
        var sha = house.World.Push(shop.Repository, "tea", house.Ada, "Tea");
        var pull = house.World.OpenPullRequest(shop.Repository, "tea", house.Ada, "Tea");
        await house.ProcessAsync();
        Break("POST", "/repos/{owner}/{repo}/issues/comments/{comment_id}/reactions", shop.Repository.Name);
        house.World.Comment(shop.Repository, pull.Number, house.Ada, "/deploy production");

        await house.ProcessAsync();

        shop.Deployed.ShouldBe([sha]);
    }

    private void Break(string method, string route, string address) =>
        house.GitHub.Faults.Add(new FaultRule { Method = method, Route = route, Address = address, ErrorShare = 1, ErrorStatus = 502 });

    /// <returns>Until when those that come later wait.</returns>
    private async Task<DateTimeOffset?> RunAsync()
    {
        var left = await house.ReadAsync(db => db.WebhookDeliveries.AsNoTracking().SingleAsync(row => row.ProcessedAt == null, Stop));
        await using var scope = house.Services.CreateAsyncScope();
        await Should.ThrowAsync<RetryLaterException>(
            () => scope.ServiceProvider.GetRequiredService<ProcessDeliveriesJob>().RunAsync("shop", "push", [left.Id], Stop));
        return await house.ReadAsync(db => db.WebhookDeliveries.AsNoTracking().Where(row => row.Id == left.Id).Select(row => row.DispatchedAt).SingleAsync(Stop));
    }
}

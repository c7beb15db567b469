using Deliverybot.Data.Deploying;
using Deliverybot.Sandbox.Faults;
using Deliverybot.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;
using static Deliverybot.Tests.Jobs.RepositoryDriver;

namespace Deliverybot.Tests.Jobs.Events.AutoDeploy;

/// <summary>Pushes that are processed late, because nothing ran for a while: GitHub is further than they tell.</summary>
public sealed class BacklogTests(TestPostgreSql postgreSql) : IAsyncLifetime
{
    private readonly House house = new(postgreSql) { Roles = "web" };

    public async ValueTask InitializeAsync() => await house.InitializeAsync();

    public ValueTask DisposeAsync() => house.DisposeAsync();

    [Theory]
    [InlineData("")]
    [InlineData("  queue: latest\n")]
    public async Task Many_pushes_to_a_branch_make_one_deployment_of_the_newest(string queue)
    {
        var shop = new RepositoryDriver(house, $"staging:\n  environment: staging\n  auto_deploy_on: refs/heads/main\n{queue}");
        var shas = Enumerable.Range(1, 5).Select(number => shop.Push($"Change {number}")).ToList();

        await house.ProcessAsync();

        shop.Deployed.ShouldBe([shas[^1]]);
        shop.Calls.Count(call => call == Create).ShouldBe(1);
        var rows = await shop.RowsAsync();
        rows.Where(row => row.State == DeploymentState.Pending).ShouldHaveSingleItem().Sha.Value.ShouldBe(shas[^1]);
        rows.Where(row => row.State != DeploymentState.Pending).ShouldAllBe(row => row.State == DeploymentState.Superseded);
    }

    [Fact]
    public async Task What_was_pushed_to_a_pull_request_while_it_was_deployed_is_not_deployed_again_though_it_has_failed()
    {
        var shop = new RepositoryDriver(house, "review:\n  auto_deploy_on: pr\n  environment: review\n");
        shop.Push("Tea", "tea");
        house.World.OpenPullRequest(shop.Repository, "tea", house.Ada, "Tea");
        var green = "";
        house.GitHub.Faults.Add(new FaultRule
        {
            Method = "POST",
            Route = "/repos/{owner}/{repo}/deployments",
            Meanwhile = () => green = shop.Push("Green tea", "tea"),
            Times = 1,
        });

        await house.ProcessAsync();
        (await house.ReadAsync(db => db.Deployments.Where(row => row.GitHubId != null)
            .ExecuteUpdateAsync(row => row.SetProperty(made => made.State, DeploymentState.Failure), TestContext.Current.CancellationToken))).ShouldBe(1);
        await house.ProcessAsync();

        shop.Deployed.ShouldBe([green]);
        (await shop.RowsAsync()).Select(row => row.State).ShouldBe([DeploymentState.Failure, DeploymentState.Superseded]);
    }
}

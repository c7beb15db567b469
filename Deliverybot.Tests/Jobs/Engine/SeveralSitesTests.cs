using Deliverybot.Tests.Harness;
using Xunit;

namespace Deliverybot.Tests.Jobs.Engine;

public sealed class SeveralSitesTests(House house, TestPostgreSql postgreSql) : IClassFixture<House>
{
    [Fact]
    public async Task A_site_does_its_own_jobs_whoever_else_starts_and_stops_in_the_process()
    {
        await using (var other = new House(postgreSql))
        {
            await other.InitializeAsync();
            await PushAsync();
        }

        await PushAsync();
    }

    private Task PushAsync()
    {
        var repository = house.CreateRepository("production:\n  auto_deploy_on: refs/heads/main\n");
        house.World.Push(repository, "main", house.Ada, "Sell tea");
        return house.EventuallyAsync(() => Task.FromResult(house.World.Read(_ => repository.Deployments.Count) == 1), "the push is deployed");
    }
}

using System.Net;
using Deliverybot.Sandbox.World;
using Deliverybot.Tests.Harness;
using Microsoft.Extensions.Time.Testing;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Promises;

public sealed class WithdrawnRightsTests(TestPostgreSql postgreSql) : IAsyncLifetime
{
    private readonly FakeTimeProvider clock = new(TimeProvider.System.GetUtcNow());
    private House house = null!;

    public ValueTask InitializeAsync()
    {
        house = new House(postgreSql) { Clock = clock };
        return house.InitializeAsync();
    }

    public ValueTask DisposeAsync() => house.DisposeAsync();

    [Fact]
    public async Task Who_may_look_no_longer_sees_nothing_after_a_minute()
    {
        var repository = house.World.CreateRepository(house.World.FindAccount("acme")!, "vault", isPrivate: true);
        house.World.SetPermission(house.Rita, repository, RepositoryPermission.Read);
        using var rita = await house.SignInAsync("rita");

        (await LookAsync()).ShouldBe(HttpStatusCode.OK);
        house.World.SetPermission(house.Rita, repository, RepositoryPermission.None);
        clock.Advance(TimeSpan.FromSeconds(60));
        (await LookAsync()).ShouldBe(HttpStatusCode.NotFound);

        async Task<HttpStatusCode> LookAsync()
        {
            using var answer = await rita.GetAsync($"/{repository.FullName}/deployments", TestContext.Current.CancellationToken);
            return answer.StatusCode;
        }
    }
}

using Deliverybot.Data;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Events.Deliveries;
using Deliverybot.Jobs.GitHub.Transport;
using Deliverybot.Sandbox.Faults;
using Deliverybot.Sandbox.World;
using Deliverybot.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.Events.Deliveries;

/// <summary>A process that lost its database for a while may find that another one has begun the same, while it works on that still.</summary>
public sealed class TwiceAtOnceTests(TestPostgreSql postgreSql) : IAsyncLifetime
{
    private const int Repositories = 5;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly House house = new(postgreSql) { Roles = "web" };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => house.InitializeAsync();

    public ValueTask DisposeAsync() => house.DisposeAsync();

    [Fact]
    public async Task Nothing_is_deployed_twice()
    {
        List<Repository> repositories =
            [.. Enumerable.Range(0, Repositories).Select(_ => house.CreateRepository("production:\n  auto_deploy_on: refs/heads/main\nstaging:\n  environment: staging\n"))];
        await house.ProcessAsync();
        house.GitHub.Faults.Add(new FaultRule { Owner = "acme", Latency = TimeSpan.FromMilliseconds(60) });
        foreach (var repository in repositories)
        {
            house.World.Push(repository, "main", house.Ada, "Sell tea");
            house.World.Push(repository, "tea", house.Ada, "Sell green tea");
            var pull = house.World.OpenPullRequest(repository, "tea", house.Ada, "Sell green tea");
            house.World.Comment(repository, pull.Number, house.Ada, "/deploy staging");
        }

        await house.World.Webhooks.WaitUntilDeliveredAsync(Stop);
        await Task.WhenAll(repositories.SelectMany(repository => new[] { WorkAsync(repository), WorkAsync(repository), WorkAsync(repository) }));

        foreach (var repository in repositories)
        {
            house.World.Read(_ => repository.Deployments.Select(made => made.Environment).Order().ToList()).ShouldBe(["production", "staging"]);
        }
    }

    private async Task WorkAsync(Repository repository)
    {
        List<Data.Deliveries.WebhookDelivery> left;
        do
        {
            await using var scope = house.Services.CreateAsyncScope();
            left = await scope.ServiceProvider.GetRequiredService<DeliverybotContext>().WebhookDeliveries.AsNoTracking()
                .Where(row => row.ProcessedAt == null && row.RepositoryId == new RepositoryId(repository.Id))
                .OrderBy(row => row.Id)
                .ToListAsync(Stop);
            try
            {
                await scope.ServiceProvider.GetRequiredService<DeliveryProcessor>().ProcessAsync(left, Stop);
            }
            catch (Exception fault) when (fault is RetryLaterException or PostgresException or AggregateException)
            {
                // Who comes second to what is there once may fail by that, and is tried again as by a job.
                await Task.Delay(Pause, Stop);
            }
        }
        while (left.Count > 0);
    }
}

using Deliverybot.Data.Deploying;
using Deliverybot.Jobs.Core;
using Deliverybot.Tests.Harness;
using Deliverybot.Tests.Jobs.Upkeep;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.Channels.Statuses;

/// <summary>A commit has waited, and when it may go GitHub makes the deployment of a newer one: nothing waits for the first any more.</summary>
public sealed class ReplacedCommitTests(TestPostgreSql postgreSql) : IAsyncLifetime
{
    private const string Context = "deliverybot/production";

    private readonly House house = new(postgreSql) { Roles = "web" };

    public ValueTask InitializeAsync() => house.InitializeAsync();

    public ValueTask DisposeAsync() => house.DisposeAsync();

    [Fact]
    public async Task What_was_said_of_the_commit_that_was_meant_ends()
    {
        var shop = new RepositoryDriver(
            house, "production:\n  environment: production\n  auto_deploy_on: refs/heads/main\n  required_contexts: [ci]\n");
        var tea = shop.Push("Sell tea");
        await house.ProcessAsync();
        shop.StatusesOf(tea, Context)[^1].ShouldBe("pending: Waiting for ci (no result yet).");

        var coffee = shop.Push("Sell coffee");
        shop.SetStatus(tea, "ci");
        shop.SetStatus(coffee, "ci");
        var wish = await shop.RowAsync(tea);
        await house.RunAsync<EvaluateDeploymentJob>((look, stop) => look.RunAsync(shop.Repository.FullName, wish.Id.Value, stop));

        shop.Deployed.ShouldBe([coffee]);
        (await shop.RowAsync(coffee)).State.ShouldBe(DeploymentState.Pending);
        (await LeftAsync()).ShouldBe([tea]);
        shop.StatusesOf(tea, Context)[^1].ShouldBe($"pending: Not deployed: {coffee[..7]} is newer and takes its place.");
        shop.StatusesOf(coffee, Context)[^1].ShouldBe("pending: On its way to production.");
    }

    /// <summary>The commits that were left, and were told of.</summary>
    private async Task<List<string?>> LeftAsync()
    {
        await using var command = house.Database.Source.CreateCommand(
            "select left_commit from changes where left_commit is not null and told_at is not null");
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var found = new List<string?>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            found.Add(reader.GetString(0));
        }

        return found;
    }
}

using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Upkeep;
using Deliverybot.Tests.Harness;
using Deliverybot.Tests.Jobs.Upkeep;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using Shouldly;
using Xunit;
using Repository = Deliverybot.Sandbox.World.Repository;

namespace Deliverybot.Tests.Jobs.Events.Installations;

/// <summary>Nobody has told that a repository was renamed, and another is called so by now: nothing is done there.</summary>
public sealed class LostRenameTests(TestPostgreSql postgreSql) : IAsyncLifetime
{
    private readonly FakeTimeProvider clock = new(TimeProvider.System.GetUtcNow());
    private House house = null!;

    private const string Checked = "production:\n  auto_deploy_on: refs/heads/main\n  required_contexts: [ci]\n";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        house = new House(postgreSql) { Clock = clock };
        return house.InitializeAsync();
    }

    public ValueTask DisposeAsync() => house.DisposeAsync();

    [Fact]
    public async Task What_waits_goes_out_in_its_own_repository_and_not_in_the_one_that_has_its_name()
    {
        var shop = new RepositoryDriver(house, Checked);
        var sha = shop.Push("Waits");
        await shop.SettleAsync();
        var other = await LoseRenameAsync(shop, () => shop.SetStatus(sha, "ci"));

        await house.RunLaterAsync<SweepJob>(SweepJob.Unseen * 1.5, (job, stop) => job.RunAsync(stop));
        await shop.EventuallyAsync(sha, DeploymentState.Pending);

        shop.Deployed.ShouldBe([sha]);
        house.World.Read(_ => other.Deployments.Count).ShouldBe(0);
        house.World.Read(_ => other.Statuses.Count).ShouldBe(0);
        (await NameAsync(shop.Repository)).ShouldBe(shop.Repository.FullName);
    }

    [Fact]
    public async Task An_event_that_tells_a_former_name_or_default_branch_changes_neither()
    {
        var shop = new RepositoryDriver(house, Checked);
        shop.Push("Told later");
        await shop.SettleAsync();
        var late = house.World.Webhooks.Deliveries.Last(sent => sent.Event == "push" && sent.RepositoryId == shop.Repository.Id);
        house.World.RenameRepository(shop.Repository, $"{shop.Repository.Name}-two", house.Ada);
        house.World.SetBranch(shop.Repository, "trunk", shop.Repository.Head, house.Ada);
        house.World.SetDefaultBranch(shop.Repository, "trunk", house.Ada);
        await shop.SettleAsync();
        var name = shop.Repository.FullName;
        (await NameAsync(shop.Repository)).ShouldBe(name);

        house.World.Webhooks.SendLate(late);
        await shop.SettleAsync();

        (await NameAsync(shop.Repository)).ShouldBe(name);
        (await RowAsync(shop.Repository)).DefaultBranch.ShouldBe("trunk");
    }

    [Fact]
    public async Task GitHub_is_asked_for_the_name_only_where_nobody_has_named_it_lately()
    {
        var shop = new RepositoryDriver(house, Checked);
        var sha = shop.Push("Waits");
        await shop.SettleAsync();

        shop.SetStatus(sha, "ci");
        await shop.SettleAsync();

        shop.Deployed.ShouldBe([sha]);
        Asked(shop.Repository).ShouldBe(0);
    }

    /// <summary>Renames it and makes another of its name, at a GitHub whose App doesn't listen; and all that was heard of names is long ago.</summary>
    private async Task<Repository> LoseRenameAsync(RepositoryDriver shop, Action also)
    {
        var (url, name) = (house.World.Webhooks.Url, shop.Repository.Name);
        house.World.Webhooks.Url = new Uri("http://127.0.0.1:9/lost");
        house.World.RenameRepository(shop.Repository, $"{name}-renamed", house.Ada);
        var other = house.World.CreateRepository(shop.Repository.Owner, name);
        also();
        await house.World.Webhooks.WaitUntilDeliveredAsync(Stop);
        house.World.Webhooks.Url = url;
        clock.Advance(TimeSpan.FromMinutes(11));
        return other;
    }

    private int Asked(Repository repository) =>
        house.GitHub.Requests.All.Count(call => call.Path.EndsWith($"/repositories/{repository.Id}", StringComparison.Ordinal));

    private async Task<string> NameAsync(Repository repository) => (await RowAsync(repository)).FullName.ToString();

    private Task<Data.Installations.Repository> RowAsync(Repository repository) =>
        house.ReadAsync(db => db.Repositories.AsNoTracking().SingleAsync(row => row.Id == new RepositoryId(repository.Id), Stop));
}

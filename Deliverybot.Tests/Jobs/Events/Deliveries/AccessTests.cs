using System.Net;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Sandbox.Faults;
using Deliverybot.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.Events.Deliveries;

/// <summary>
/// GitHub doesn't let the App in for a while: nothing that came meanwhile is lost, and somebody is told why. What health tells is of all
/// that a Site has met, so each has a Site of its own.
/// </summary>
public sealed class AccessTests(TestPostgreSql postgreSql) : IAsyncLifetime
{
    private readonly House house = new(postgreSql);

    private const string DeployFile = "production:\n  auto_deploy_on: refs/heads/main\n";
    private const string Contents = "/repos/{owner}/{repo}/contents/{**path}";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => house.InitializeAsync();

    public ValueTask DisposeAsync() => house.DisposeAsync();

    [Fact]
    public async Task What_came_while_GitHub_took_no_token_is_done_later_and_the_health_page_names_the_fault()
    {
        var shop = new RepositoryDriver(house, DeployFile);
        await shop.SettleAsync();
        // The second refuses the token that was fetched because of the first.
        house.GitHub.Faults.Add(new FaultRule
        {
            Method = "GET",
            Route = Contents,
            Address = $"/{shop.Repository.Name}/",
            ErrorShare = 1,
            ErrorStatus = 401,
            ErrorMessage = "Bad credentials",
            Times = 2,
        });

        var sha = shop.Push("Tea");

        await house.EventuallyAsync(
            async () => (await HealthAsync("github")) is (HttpStatusCode.ServiceUnavailable, var words) && words.Contains("(Key)", StringComparison.Ordinal),
            "the health page names the fault");
        (await HealthAsync("ready")).Status.ShouldBe(HttpStatusCode.OK);
        house.Log.ShouldContain(line => line.Contains("Bad credentials", StringComparison.Ordinal) && line.StartsWith("Error", StringComparison.Ordinal));
        await house.EventuallyAsync(
            () => Task.FromResult(shop.Deployed.Contains(sha)), "it is deployed after the pause", patience: TimeSpan.FromMinutes(2));
        (await HealthAsync("github")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task What_GitHub_refused_once_for_want_of_a_permission_is_done_when_it_is_granted()
    {
        var shop = new RepositoryDriver(house, DeployFile);
        house.GitHub.Faults.Add(new FaultRule
        {
            Method = "GET",
            Route = Contents,
            Address = $"/{shop.Repository.Name}/",
            ErrorShare = 1,
            ErrorStatus = 403,
            ErrorMessage = "Resource not accessible by integration",
            Times = 1,
        });

        var sha = shop.Push("Tea");

        await shop.EventuallyAsync(sha, DeploymentState.Pending);
        house.Log.ShouldContain(line => line.Contains("Permission", StringComparison.Ordinal) && line.Contains("not accessible", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_came_just_before_a_suspension_is_done_when_that_ends()
    {
        var owner = house.World.CreateOrganisation("sleepers", house.World.CreateUser("owen"));
        var installation = house.World.Install(owner);
        var repository = house.World.CreateRepository(
            owner, "bed", new Dictionary<string, string> { [".github/deploy.yml"] = DeployFile });
        await house.World.Webhooks.WaitUntilDeliveredAsync(Stop);
        house.World.Webhooks.Paused = true;
        var sha = house.World.Push(repository, "main", owner, "Sleep");
        house.World.Suspend(installation);
        house.World.Webhooks.Paused = false;
        await house.World.Webhooks.WaitUntilDeliveredAsync(Stop);
        var id = new InstallationId(installation.Id);
        await house.EventuallyAsync(
            () => house.ReadAsync(db => db.Installations.AnyAsync(row => row.Id == id && row.SuspendedAt != null, Stop)), "the suspension is known");

        house.World.Unsuspend(installation);

        await house.EventuallyAsync(() => Task.FromResult(house.World.Read(_ => repository.Deployments.Any(made => made.Sha == sha))), "it is deployed");
    }

    private async Task<(HttpStatusCode Status, string Words)> HealthAsync(string what)
    {
        using var answer = await house.Site.GetAsync($"/_/health/{what}", Stop);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Stop));
    }
}

using System.Net;
using Deliverybot.Tests.Harness;
using Deliverybot.Tests.Jobs.Surfaces.Slack;
using Deliverybot.Tests.Site;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Promises;

public sealed class UninstallTests(House house) : IClassFixture<House>
{
    /// <summary>What belongs to no installation, and what GitHub sent, which has its own term.</summary>
    private static readonly string[] Kept = ["data_protection_keys", "migrations", "session_ends", "slack_signatures", "slack_workspaces", "webhook_deliveries"];

    private static readonly string[] Recorded = ["installations", "repositories", "deployments", "evaluations", "activity", "slack_links"];

    [Fact]
    public async Task With_the_installation_goes_all_that_is_recorded_of_its_repositories()
    {
        var repository = house.CreateRepository("production:\n  environment: production\n");
        using var ada = await house.SignInAsync("ada");
        using var answer = await ada.PostFormAsync($"/{repository.FullName}/deploy", ("target", "production"), ("sha", repository.Branches["main"]));
        answer.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        await new SlackDriver(house).LinkAsync("ada");
        Recorded.ShouldBeSubsetOf(await FilledAsync());
        await house.World.Webhooks.WaitUntilDeliveredAsync(TestContext.Current.CancellationToken);
        await house.EventuallyAsync(
            () => house.ReadAsync(async rows => !await rows.WebhookDeliveries.AnyAsync(delivery => delivery.ProcessedAt == null)), "all deliveries are processed");

        house.World.Uninstall(house.World.Installations.ShouldHaveSingleItem());

        await house.EventuallyAsync(() => house.ReadAsync(async rows => !await rows.Installations.AnyAsync()), "the installation is forgotten");
        (await FilledAsync()).ShouldBeSubsetOf(Kept);
    }

    private Task<IReadOnlyList<string>> FilledAsync() => DatabaseSearch.FilledAsync(house.Database.Source, TestContext.Current.CancellationToken);
}

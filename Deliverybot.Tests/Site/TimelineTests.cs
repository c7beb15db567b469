using Deliverybot.Data.Deploying;
using Deliverybot.Tests.Harness;
using Deliverybot.Tests.Jobs;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Site;

/// <summary>A deployment's page tells how it ended, and of what waits no more than is asked.</summary>
public sealed class TimelineTests(House house) : IClassFixture<House>
{
    private const string File =
        """
        staging:
          environment: staging
          auto_deploy_on: refs/heads/main
        production:
          environment: production
          auto_deploy_on: refs/heads/main
          after: [staging]
        """;

    [Fact]
    public async Task A_wish_that_ended_before_it_began_has_its_end_in_its_timeline()
    {
        var shop = new RepositoryDriver(house, "production:\n  auto_deploy_on: refs/heads/main\n  required_contexts: [ci]\n");
        var sha = shop.Push("One");
        await shop.SettleAsync();
        var newer = shop.Push("Two");
        await shop.SettleAsync();
        var row = await shop.RowAsync(sha);
        row.State.ShouldBe(DeploymentState.Superseded);
        using var ada = await house.SignInAsync("ada");

        var end = (await ada.OpenAsync($"/{shop.Repository.FullName}/deployments/{row.Id}")).QuerySelector(".timeline li")!;

        end.QuerySelector(".timeline-state")!.TextContent.ShouldBe("superseded");
        end.TextContent.ShouldContain($"As it stood then: {newer[..7]} is newer and takes its place.");
    }

    [Fact]
    public async Task Behind_the_gate_that_holds_it_nothing_is_said_that_was_asked_long_ago()
    {
        var acts = new ActDriver(house, File);
        await house.KnownAsync(acts.Shop.Repository);
        await house.WriteAsync(new Data.Locks.EnvironmentLock
        {
            RepositoryId = acts.Id,
            Environment = new Data.Names.EnvironmentName("production"),
            Kind = Data.Locks.LockKind.Lock,
            Holder = Somebody.Called("grace"),
            Since = DateTimeOffset.UtcNow,
        });
        var sha = acts.Shop.Push("One");
        await acts.Shop.SettleAsync();
        await acts.Shop.ReportAsync("staging", sha, "success");
        var row = (await acts.Shop.RowsAsync()).Single(row => row.Target.Value == "production");
        row.Gate.ShouldBe("Lock");
        using var ada = await house.SignInAsync("ada");

        foreach (var path in new[] { $"deployments/{row.Id}", $"commit/{sha}" })
        {
            var page = await ada.OpenAsync($"/{acts.Shop.Repository.FullName}/{path}");
            page.Body!.TextContent.ShouldNotContain("has not succeeded at staging yet");
            var after = page.QuerySelectorAll(".verdict-table tr").First(line => line.QuerySelector("th")?.TextContent == "After" && line.TextContent.Contains("not asked", StringComparison.Ordinal));
            after.TextContent.ShouldContain("Asked once Lock lets it pass.");
        }
    }
}

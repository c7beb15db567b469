using Deliverybot.Data.Deploying;
using Deliverybot.Tests.Harness;
using Deliverybot.Tests.Jobs;
using Deliverybot.Tests.Jobs.Surfaces.PullRequests;
using Microsoft.EntityFrameworkCore;
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

    [Fact]
    public async Task Who_unlocked_and_who_promoted_stand_in_the_timelines_of_what_waited_for_it()
    {
        var acts = new ActDriver(house, "production:\n  auto_deploy_on: refs/heads/main\n  required_contexts: [deliverybot/promotion]\n");
        using var ada = await house.SignInAsync("ada");
        var before = acts.Shop.Push("Zero");
        using var locked = await ada.PostFormAsync($"/{acts.Name}/lock", ("environment", "production"), ("reason", "stock-taking"));
        var sha = acts.Shop.Push("One");
        await acts.Shop.AwaitAsync("production", sha, DeploymentState.Waiting, "Lock");
        using var unlocked = await ada.PostFormAsync($"/{acts.Name}/unlock", ("environment", "production"));
        await acts.Shop.AwaitAsync("production", sha, DeploymentState.Waiting, "Checks");
        using var promoted = await ada.PostFormAsync($"/{acts.Name}/promote", ("sha", sha), ("ref", "refs/heads/main"));
        var row = await acts.Shop.AwaitAsync("production", sha, DeploymentState.Pending);
        using var relocked = await ada.PostFormAsync($"/{acts.Name}/lock", ("environment", "production"));
        using var later = await ada.PostFormAsync($"/{acts.Name}/unlock", ("environment", "production"));

        var promotion = $"ada promoted {sha[..7]}.";
        foreach (var path in new[] { $"deployments/{row.Id}", $"commit/{sha}" })
        {
            string[] lines = [.. (await ada.OpenAsync($"/{acts.Name}/{path}")).QuerySelectorAll(".timeline li").Select(line => line.TextContent)];
            lines.ShouldContain(line => line.Contains("ada unlocked production, which they had locked themselves: stock-taking.", StringComparison.Ordinal), path);
            lines.ShouldContain(line => line.Contains(promotion, StringComparison.Ordinal), path);
        }

        (await ada.OpenAsync($"/{acts.Name}/commit/{before}")).QuerySelector(".timeline")!.TextContent.ShouldNotContain("promoted");
    }

    [Fact]
    public async Task What_went_with_its_pull_request_says_so_at_its_end()
    {
        var talk = new ConversationDriver(house, "review: { auto_deploy_on: pr, environment: 'review-${{ pr }}', transient_environment: true }\n");
        await talk.Shop.SettleAsync();
        await talk.ReportAsync("review-1", "success");

        house.World.ClosePullRequest(talk.Repository, talk.Pull, house.Ada);
        await talk.Shop.SettleAsync();

        var row = (await talk.Shop.RowsAsync())[^1];
        var why = row.Reason.ShouldNotBeNull().ToString();
        why.ShouldNotBeEmpty();
        using var ada = await house.SignInAsync("ada");
        foreach (var path in new[] { $"deployments/{row.Id}", $"commit/{row.Sha}" })
        {
            var newest = (await ada.OpenAsync($"/{talk.Repository.FullName}/{path}")).QuerySelector(".timeline li")!.TextContent;
            newest.ShouldContain(why, customMessage: path);
        }
    }

    [Fact]
    public async Task A_commit_of_which_an_event_waits_says_so()
    {
        var acts = new ActDriver(house, "production:\n  auto_deploy_on: refs/heads/main\n");
        var sha = acts.Shop.Push("One");
        await acts.Shop.SettleAsync();
        using var ada = await house.SignInAsync("ada");
        (await ada.OpenAsync($"/{acts.Name}/commit/{sha}")).QuerySelector("#events-behind").ShouldBeNull();
        var now = DateTimeOffset.UtcNow;
        (await house.ReadAsync(db => db.WebhookDeliveries.Where(row => row.RepositoryId == acts.Id && row.Event == "push").ExecuteUpdateAsync(row => row
            .SetProperty(push => push.ProcessedAt, (DateTimeOffset?)null)
            .SetProperty(push => push.ReceivedAt, now.AddMinutes(-3))
            .SetProperty(push => push.DispatchedAt, now.AddMinutes(20))))).ShouldBe(1);

        var note = (await ada.OpenAsync($"/{acts.Name}/commit/{sha}")).QuerySelector("#events-behind").ShouldNotBeNull().TextContent;

        note.ShouldContain("1 event of this repository waits since");
        note.ShouldContain("It is asked again at");
    }
}

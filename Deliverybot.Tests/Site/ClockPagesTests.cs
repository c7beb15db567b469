using System.Globalization;
using AngleSharp.Html.Dom;
using Deliverybot.Data.Deploying;
using Deliverybot.Tests.Harness;
using Deliverybot.Tests.Jobs;
using Deliverybot.Tests.Jobs.Surfaces.PullRequests;
using Deliverybot.Tests.Jobs.Surfaces.Slack;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Site;

/// <summary>Where it shows that an environment is frozen, or its window closed: board, form, config page, what is tried, <c>/status</c> and Slack's status.</summary>
public sealed class ClockPagesTests(House house) : IClassFixture<House>
{
    private static readonly DateTime Today = DateTime.UtcNow.Date;

    private static readonly string Rules =
        $$"""
        deliverybot:
          freeze:
            - { from: {{Day(-1)}}, until: {{Day(2)}}, reason: "<b>stock-taking</b>", environments: [eu] }
            - { from: 2020-12-19, until: 2021-01-04, reason: Christmas }
            - { from: 2020-12-19, until: 2021-01-04, environments: [nowhere] }
        staging:
          environment: staging
          auto_deploy_on: refs/heads/main
        eu:
          environment: eu
          auto_deploy_on: refs/heads/main
        production:
          auto_deploy_on: refs/heads/main
          time_zone: UTC
          window: {{Window}}
        """;

    /// <summary>It is closed now.</summary>
    private static string Window => $"{Today.AddDays(4).ToString("ddd", CultureInfo.InvariantCulture).ToLowerInvariant()} 09:00-17:00";

    private static string Frozen => $"eu is frozen until {Today.AddDays(3).ToString("ddd yyyy-MM-dd", CultureInfo.InvariantCulture)} 00:00 (UTC): <b>stock-taking</b>.";

    private static string Closed => $"production takes deployments {Window} (UTC): next on {Today.AddDays(4).ToString("ddd yyyy-MM-dd", CultureInfo.InvariantCulture)} 09:00.";

    [Fact]
    public async Task The_board_has_a_line_above_what_is_closed_and_its_form_says_the_same()
    {
        var shop = new RepositoryDriver(house, Rules);
        var sha = shop.Push("Tea");
        await shop.AwaitAsync("production", sha, DeploymentState.Waiting, "Window");
        await shop.AwaitAsync("eu", sha, DeploymentState.Waiting, "Freeze");
        using var ada = await house.SignInAsync("ada");

        var page = await ada.OpenAsync($"/{shop.Repository.FullName}/environments");

        page.QuerySelectorAll(".environment-closed").Select(line => line.QuerySelector("span[dir]")!.TextContent).ShouldBe([Frozen, Closed], ignoreOrder: true);
        page.QuerySelectorAll(".environment-closed time").Select(opens => opens.GetAttribute("datetime"))
            .ShouldBe([$"{Day(3)}T00:00:00Z", $"{Day(4)}T09:00:00Z"], ignoreOrder: true);
        page.QuerySelectorAll(".environment-closed b").ShouldBeEmpty();
        page.QuerySelectorAll("li.environment:not(.is-closed)").ShouldHaveSingleItem().TextContent.ShouldContain("staging");

        // The form offers force where that would pass, and only to wait where it would not.
        var window = await ada.OpenAsync($"/{shop.Repository.FullName}/environments?handler=Form&act=deploy&environment=production");
        window.Body!.TextContent.ShouldContain(Closed);
        var freeze = await ada.OpenAsync($"/{shop.Repository.FullName}/environments?handler=Form&act=deploy&environment=eu");
        freeze.Body!.TextContent.ShouldContain(Frozen);
        window.QuerySelectorAll("button[type=submit]:not([disabled])").ShouldNotBeEmpty();
        freeze.QuerySelectorAll("form[action$='/deploy'] button[type=submit]:not([disabled])").ShouldHaveSingleItem().TextContent.Trim().ShouldBe("Wait until it may");

        var commit = await ada.OpenAsync($"/{shop.Repository.FullName}/commit/{sha}");
        commit.Body!.TextContent.ShouldContain(Closed);
        commit.Body!.TextContent.ShouldContain(Frozen);
    }

    [Fact]
    public async Task The_config_page_draws_a_week_and_past_freezes_are_grey()
    {
        using var rita = await house.SignInAsync("rita");

        var page = await rita.OpenAsync($"/{house.CreateRepository(Rules).FullName}/config");

        page.QuerySelectorAll(".week-name strong").Select(name => name.TextContent).ShouldBe(["eu", "production"], ignoreOrder: true);
        var open = page.QuerySelectorAll(".week-drawn").Select(drawn => string.Join(' ', drawn.QuerySelectorAll(".week-open").Select(bar => $"{bar.GetAttribute("x")}+{bar.GetAttribute("width")}")));
        var weekday = ((int)Today.AddDays(4).DayOfWeek + 6) % 7;
        open.ShouldBe(["0+10080", $"{(weekday * 1440) + 540}+480"], ignoreOrder: true);
        page.QuerySelectorAll(".week-frozen").ShouldNotBeEmpty();
        page.QuerySelectorAll(".freezes tbody tr").Select(row => row.ClassList.Contains("faint")).ShouldBe([false, true, true]);
        page.QuerySelectorAll(".freezes tbody tr td:nth-child(2)").Select(where => where.TextContent).ShouldBe(["eu", "production", "no target of this file"]);
        page.QuerySelectorAll(".freezes b").ShouldBeEmpty();
    }

    [Fact]
    public async Task A_file_without_times_has_no_week()
    {
        using var rita = await house.SignInAsync("rita");

        (await rita.OpenAsync($"/{house.CreateRepository("production: {}\n").FullName}/config")).QuerySelector("#week").ShouldBeNull();
    }

    [Theory]
    [InlineData("fri 18:00", "would take it, as if it were Fri ", "production takes deployments mon-thu 09:00-16:00 (Europe/Berlin): next on Mon ")]
    [InlineData("2026-12-24 18:00", "as if it were Thu 2026-12-24 18:00 (Europe/Berlin)", "production is frozen until Tue 2027-01-05 00:00 (Europe/Berlin): Christmas.")]
    [InlineData("2026-11-25 10:00", "as if it were Wed 2026-11-25 10:00 (Europe/Berlin)", "It is within mon-thu 09:00-16:00 (Europe/Berlin).")]
    [InlineData("tomorrow", "", "Write a day and a time to try it at, such as fri 18:00 or 2026-12-24 18:00.")]
    public async Task A_file_is_tried_at_a_time(string at, string outcome, string said)
    {
        const string File =
            "deliverybot:\n  time_zone: Europe/Berlin\n  freeze: [{ from: 2026-12-19, until: 2027-01-04, reason: Christmas }]\n"
            + "production:\n  auto_deploy_on: refs/heads/main\n  window: mon-thu 09:00-16:00\n";
        using var rita = await house.SignInAsync("rita");

        using var answer = await rita.PostFormAsync(
            $"/{house.CreateRepository().FullName}/config", ("Form.File", File), ("Form.Event", "push"), ("Form.Ref", "main"), ("Form.Number", "1"), ("Form.At", at));
        var page = await answer.ReadPageAsync();

        (page.QuerySelector(".try-outcome")?.TextContent ?? "").ShouldContain(outcome);
        page.QuerySelector(".try-answer")!.TextContent.ShouldContain(said);
        ((IHtmlInputElement)page.QuerySelector("#try-at")!).Value.ShouldBe(at);
    }

    [Fact]
    public async Task Who_asks_in_a_pull_request_or_in_Slack_is_told()
    {
        var talk = new ConversationDriver(house, Rules);
        await talk.Shop.SettleAsync();
        var sha = talk.Shop.Push("Coffee");
        await talk.Shop.AwaitAsync("production", sha, DeploymentState.Waiting, "Window");
        var slack = new SlackDriver(house);
        await slack.LinkAsync("ada");

        var status = await talk.AskAsync("/status");
        var said = await slack.AskAsync("ada", $"status {talk.Repository.FullName}");
        var there = await slack.AskAsync("ada", $"status {talk.Repository.FullName} production");

        status.ShouldContain("❄️ eu is frozen until ");
        status.ShouldContain($"🕘 {Closed}");
        said.Text.ShouldContain(":snowflake: `eu is frozen until ");
        said.Text.ShouldContain($":clock9: `{Closed}`");
        there.Text.ShouldContain($":clock9: `{Closed}`");
        there.Text.ShouldNotContain(":snowflake:");
    }

    private static string Day(int later) => Today.AddDays(later).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

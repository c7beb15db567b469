using Deliverybot.Data.Deploying;
using Deliverybot.Tests.Harness;
using Deliverybot.Tests.Site;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.Gates;

/// <summary>What failed at the start of a pipeline is named to its end, with what helps.</summary>
public sealed class FailedBeforeTests(House house) : IClassFixture<House>
{
    private const string File =
        """
        dev:
          environment: dev
          auto_deploy_on: refs/heads/main
        staging:
          environment: staging
          auto_deploy_on: refs/heads/main
          after: [dev]
        production:
          environment: production
          auto_deploy_on: refs/heads/main
          after: [staging]
        """;

    [Fact]
    public async Task Forced_past_it_the_same_place_is_named()
    {
        var shop = new RepositoryDriver(house, File);
        var sha = shop.Push("Sell tea");
        await shop.SettleAsync();
        await shop.ReportAsync("dev", sha, "failure");
        using var ada = await house.SignInAsync("ada");

        using var forced = await ada.PostFormAsync($"/{shop.Repository.FullName}/deploy", ("target", "production"), ("sha", sha), ("ref", "refs/heads/main"), ("force", "true"));

        var past = (await shop.RowsAsync()).Last(row => row.Target.Value == "production" && row.Force);
        (await ada.OpenAsync($"/{shop.Repository.FullName}/deployments/{past.Id}")).QuerySelector("main")!.TextContent.ShouldContain("past staging (failed at dev)");
    }

    [Fact]
    public async Task Two_stages_on_it_is_said_where_it_failed_and_the_button_leads_there()
    {
        var shop = new RepositoryDriver(house, File);
        var sha = shop.Push("Sell tea");
        await shop.SettleAsync();
        (await WaitingAsync(shop, "production")).Reason.ShouldBe($"{sha[..7]} has not succeeded at staging yet.");

        await shop.ReportAsync("dev", sha, "failure");

        (await WaitingAsync(shop, "staging")).Reason.ShouldBe($"{sha[..7]} failed at dev. Deploy it there again.");
        var production = await WaitingAsync(shop, "production");
        production.Reason.ShouldBe($"{sha[..7]} failed at dev, which comes before staging. Deploy it there again.");
        using var ada = await house.SignInAsync("ada");
        foreach (var path in new[] { $"deployments/{production.Id}", $"commit/{sha}", "environments" })
        {
            var forms = (await ada.OpenAsync($"/{shop.Repository.FullName}/{path}")).QuerySelectorAll("form[action$='/deploy']")
                .Where(form => form.TextContent.Contains("Deploy again to", StringComparison.Ordinal)).ToList();
            forms.ShouldNotBeEmpty(path);
            forms.ShouldAllBe(form => form.QuerySelector("input[name=target]")!.GetAttribute("value") == "dev");
            forms.ShouldAllBe(form => form.QuerySelector("input[name=sha]")!.GetAttribute("value") == sha);
        }

        using var answer = await ada.PostFormAsync($"/{shop.Repository.FullName}/deploy", ("target", "dev"), ("sha", sha), ("ref", "refs/heads/main"));
        await shop.SettleAsync();
        await shop.ReportAsync("dev", sha, "in_progress");
        (await WaitingAsync(shop, "production")).Reason.ShouldBe($"{sha[..7]} has not succeeded at staging yet.");
        await shop.ReportAsync("dev", sha, "success");
        await shop.ReportAsync("staging", sha, "success");
        (await shop.RowsAsync()).Last(row => row.Target.Value == "production").State.ShouldBe(DeploymentState.Pending);
    }

    [Fact]
    public async Task What_nobody_approved_at_the_first_stage_is_named_to_the_last_with_what_helps()
    {
        var shop = new RepositoryDriver(house, File);
        var sha = shop.Push("Sell cake");
        await shop.SettleAsync();

        await shop.ReportAsync("dev", sha, "waiting");
        (await WaitingAsync(shop, "production")).Reason.ShouldBe($"{sha[..7]} has not succeeded at staging yet.");
        await shop.ReportAsync("dev", sha, "failure");

        (await WaitingAsync(shop, "staging")).Reason.ShouldBe($"{sha[..7]} was not approved at dev. Deploy it there again.");
        (await WaitingAsync(shop, "production")).Reason.ShouldBe($"{sha[..7]} was not approved at dev, which comes before staging. Deploy it there again.");
    }

    [Fact]
    public async Task What_somebody_cancels_at_an_earlier_stage_is_named_to_the_later_and_not_any_more_once_it_is_tried_there()
    {
        var shop = new RepositoryDriver(house, File.Replace("staging:\n", "staging:\n  required_contexts: [ci]\n", StringComparison.Ordinal));
        var sha = shop.Push("Sell bread");
        await shop.SettleAsync();
        await shop.ReportAsync("dev", sha, "success");
        var waiting = await WaitingAsync(shop, "staging");
        using var ada = await house.SignInAsync("ada");

        using var cancelled = await ada.PostFormAsync($"/{shop.Repository.FullName}/cancel", ("id", $"{waiting.Id}"));

        await SaysAsync(shop, $"{sha[..7]} was cancelled at staging. Deploy it there again.");
        using var answer = await ada.PostFormAsync(
            $"/{shop.Repository.FullName}/deploy", ("target", "staging"), ("sha", sha), ("ref", "refs/heads/main"), ("force", "true"));
        await shop.SettleAsync();
        await shop.ReportAsync("staging", sha, "in_progress");
        await SaysAsync(shop, $"{sha[..7]} has not succeeded at staging yet.");
    }

    [Fact]
    public async Task Where_a_newer_commit_is_live_at_the_first_stage_nobody_is_offered_to_take_that_away()
    {
        var shop = new RepositoryDriver(house, File);
        var sha = shop.Push("Sell jam");
        await shop.SettleAsync();
        await shop.ReportAsync("dev", sha, "failure");
        var newer = shop.Push("Sell honey");
        await shop.SettleAsync();
        await shop.ReportAsync("dev", newer, "success");
        using var ada = await house.SignInAsync("ada");
        var rows = (await shop.RowsAsync()).FindAll(row => row.Sha.Value == sha && row.Target.Value != "dev");

        foreach (var path in rows.Select(row => $"deployments/{row.Id}").Append($"commit/{sha}").Append("environments"))
        {
            var page = await ada.OpenAsync($"/{shop.Repository.FullName}/{path}");
            page.QuerySelectorAll("form[action$='/deploy']").ShouldNotContain(form => form.TextContent.Contains("Deploy again to dev", StringComparison.Ordinal), path);
        }
    }

    private Task SaysAsync(RepositoryDriver shop, string words) => house.EventuallyAsync(
        async () => (await WaitingAsync(shop, "production")).Reason == words, words);

    [Fact]
    public async Task Whoever_asks_for_the_last_stage_is_sent_to_the_one_that_failed()
    {
        var shop = new RepositoryDriver(house, File);
        var sha = shop.Push("Sell tea");
        await shop.SettleAsync();
        await shop.ReportAsync("dev", sha, "failure");
        using var ada = await house.SignInAsync("ada");

        using var answer = await ada.PostFormAsync($"/{shop.Repository.FullName}/deploy", ("target", "production"), ("sha", sha), ("ref", "refs/heads/main"));

        var refused = (await shop.RowsAsync()).Last(row => row.Cause == DeploymentCause.Person);
        refused.Reason.ShouldBe($"{sha[..7]} failed at dev, which comes before staging. Deploy it there again.");
    }

    [Fact]
    public async Task The_board_offers_to_deploy_it_again_where_it_failed_by_what_the_gate_has_kept()
    {
        var shop = new RepositoryDriver(house, File);
        var sha = shop.Push("Sell tea");
        await shop.SettleAsync();
        await shop.ReportAsync("dev", sha, "failure");
        using var ada = await house.SignInAsync("ada");

        var way = (await ada.OpenAsync($"/{shop.Repository.FullName}/environments")).QuerySelectorAll(".way").First(way => way.TextContent.Contains("Deploy again to dev", StringComparison.Ordinal));

        way.QuerySelector("input[name=target]")!.GetAttribute("value").ShouldBe("dev");
        var waiting = await WaitingAsync(shop, "staging");
        var look = await house.ReadAsync(db => db.Evaluations.Where(look => look.DeploymentId == waiting.Id).OrderByDescending(look => look.Id).FirstAsync());
        (look.Verdicts.Single(verdict => verdict.Gate == "After") is { Again: true, Earlier: "dev" }).ShouldBeTrue();
    }

    private static async Task<Deployment> WaitingAsync(RepositoryDriver shop, string target) =>
        (await shop.RowsAsync()).Single(row => row.Target.Value == target && row.State == DeploymentState.Waiting);
}

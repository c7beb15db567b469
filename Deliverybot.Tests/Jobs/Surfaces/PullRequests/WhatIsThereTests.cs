using Deliverybot.Data.Deploying;
using Deliverybot.Tests.Harness;
using Deliverybot.Tests.Site;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.Surfaces.PullRequests;

/// <summary>A pull request tells what is there by now, and not what was the last thing to go wrong.</summary>
public sealed class WhatIsThereTests(House house) : IClassFixture<House>
{
    private const string Review =
        """
        review:
          auto_deploy_on: pr
          environment: review-${{ pr }}
          transient_environment: true
        """;

    private const string Staging = "staging: { environment: staging, auto_deploy_on: refs/heads/main }\n";

    [Fact]
    public async Task A_branch_that_is_set_back_has_what_it_came_back_to()
    {
        var talk = new ConversationDriver(house, Review);
        await talk.Shop.SettleAsync();
        await talk.ReportAsync("review-1", "success");
        var bad = talk.Shop.Push("Breaks", "tea");
        await talk.Shop.SettleAsync();
        await talk.ReportAsync("review-1", "failure");
        talk.TargetComment!.ShouldContain($"[`{bad[..7]}`]");

        talk.World.SetBranch(talk.Repository, "tea", talk.Head, house.Ada);
        await talk.Shop.SettleAsync();

        talk.TargetComment!.ShouldStartWith("✅");
        talk.TargetComment!.ShouldContain($"[`{talk.Head[..7]}`]");
        talk.TargetComment!.ShouldNotContain(bad[..7]);
        (await talk.AskAsync("/status")).ShouldNotContain(bad[..7]);
    }

    [Fact]
    public async Task What_was_rolled_back_says_so_wherever_that_was_asked_for()
    {
        var talk = new ConversationDriver(house, Staging);
        var good = talk.Shop.Push("Sell cake");
        await talk.Shop.SettleAsync();
        await talk.ReportAsync("staging", "success");
        await talk.SayAsync("/deploy staging");
        await talk.ReportAsync("staging", "success");
        using var ada = await house.SignInAsync("ada");
        using var answer = await ada.PostFormAsync($"/{talk.Repository.FullName}/rollback", ("target", "staging"));
        await talk.Shop.SettleAsync();
        talk.TargetComment!.ShouldStartWith("✅");

        await talk.ReportAsync("staging", "success");

        // Where somebody else writes the comment for long, a job does it afterwards.
        await house.EventuallyAsync(() => Task.FromResult(talk.TargetComment!.StartsWith('⏪')), "it says that it was rolled back");
        talk.TargetComment!.ShouldContain("was deployed to `staging`, and was rolled back since.");
        talk.TargetComment!.ShouldContain("| previous |");
        var taken = (await talk.Shop.RowsAsync()).Single(row => row.Sha.Value == talk.Head);
        var rollback = (await talk.Shop.RowsAsync())[^1];
        var page = (await ada.OpenAsync($"/{talk.Repository.FullName}/deployments/{taken.Id}")).QuerySelector(".timeline li")!;
        page.TextContent.ShouldContain($"took staging back to {good[..7]}.");
        page.QuerySelector("a.timeline-state")!.GetAttribute("href")!.ShouldEndWith($"/deployments/{rollback.Id}");
        var commit = (await ada.OpenAsync($"/{talk.Repository.FullName}/commit/{talk.Head}")).QuerySelector(".timeline li")!;
        commit.TextContent.ShouldContain("rolled back");
        commit.QuerySelector("a")!.GetAttribute("href")!.ShouldEndWith($"/deployments/{rollback.Id}");

        await talk.SayAsync("/deploy staging");
        await talk.ReportAsync("staging", "success");
        talk.TargetComment!.ShouldStartWith("✅");
    }

    [Fact]
    public async Task So_does_what_was_rolled_back_within_the_second_that_it_came_in()
    {
        var talk = new ConversationDriver(house, Staging);
        talk.Shop.Push("Sell cake");
        await talk.Shop.SettleAsync();
        await talk.ReportAsync("staging", "success");
        await talk.SayAsync("/deploy staging");
        await talk.ReportAsync("staging", "success");
        using var ada = await house.SignInAsync("ada");
        using var answer = await ada.PostFormAsync($"/{talk.Repository.FullName}/rollback", ("target", "staging"));
        await talk.Shop.SettleAsync();
        // GitHub tells the time of a deployment in whole seconds.
        await house.ReadAsync(db => db.Deployments.Where(row => row.RepositoryId == talk.Shop.Id && row.Act == DeploymentAct.Rollback)
            .ExecuteUpdateAsync(row => row.SetProperty(rollback => rollback.DeployedAt,
                _ => db.Deployments.Where(other => other.RepositoryId == talk.Shop.Id && other.Act == DeploymentAct.Deploy).Max(other => other.DeployedAt))));

        await talk.ReportAsync("staging", "success");

        talk.TargetComment!.ShouldStartWith("⏪");
        talk.TargetComment!.ShouldContain("| previous |");
    }

    [Fact]
    public async Task What_mended_a_failure_is_added_to_what_was_said_of_it_once()
    {
        var talk = new ConversationDriver(house, Staging);
        await talk.SayAsync("/deploy staging");
        await talk.ReportAsync("staging", "failure", "The oven is cold");
        talk.Failures.ShouldHaveSingleItem().ShouldNotContain("✅");

        await talk.SayAsync("/deploy staging");
        await talk.ReportAsync("staging", "success");

        var said = talk.Failures.ShouldHaveSingleItem();
        said.ShouldContain("The oven is cold");
        said.ShouldEndWith("was deployed to `staging` since.");
        var edits = talk.Shop.Calls.Count(call => call.StartsWith("PATCH", StringComparison.Ordinal));
        await talk.SayAsync("/deploy staging");
        await talk.ReportAsync("staging", "success");
        talk.Failures.ShouldHaveSingleItem().ShouldBe(said);
        talk.Shop.Calls.Count(call => call.StartsWith("PATCH", StringComparison.Ordinal)).ShouldBe(edits + 2, "the target's own comment, on its way and there");
    }

    [Fact]
    public async Task A_preview_that_is_taken_down_while_a_newer_commit_waits_is_told_and_no_longer_linked()
    {
        var talk = new ConversationDriver(house, Review + "\n  required_contexts: [ci]\n");
        await talk.Shop.SettleAsync();
        await talk.Shop.PassAsync(talk.Head, "ci");
        await talk.ReportAsync("review-1", "success", environmentUrl: "https://review-1.example.org/");
        talk.TargetComment!.ShouldContain("https://review-1.example.org/");
        var newer = talk.Shop.Push("More", "tea");
        await talk.Shop.SettleAsync();

        house.World.ClosePullRequest(talk.Repository, talk.Pull, house.Ada);
        await talk.Shop.SettleAsync();

        talk.TargetComment!.ShouldContain($"[`{newer[..7]}`]");
        talk.TargetComment!.ShouldContain($"[`{talk.Head[..7]}`]");
        talk.TargetComment!.ShouldContain("which was there, was taken down.");
        talk.TargetComment!.ShouldNotContain("https://review-1.example.org/");
        var gone = (await talk.Shop.RowsAsync()).Single(row => row.Sha.Value == talk.Head);
        using var ada = await house.SignInAsync("ada");
        (await ada.OpenAsync($"/{talk.Repository.FullName}/deployments/{gone.Id}")).QuerySelector("a[href='https://review-1.example.org/']").ShouldBeNull();
    }

    [Fact]
    public async Task A_preview_that_is_gone_is_called_what_the_pages_call_it_and_isnt_linked()
    {
        var talk = new ConversationDriver(house, Review);
        await talk.Shop.SettleAsync();
        await talk.ReportAsync("review-1", "success", environmentUrl: "https://review-1.example.org/");

        house.World.ClosePullRequest(talk.Repository, talk.Pull, house.Ada);
        await talk.Shop.SettleAsync();

        talk.TargetComment!.ShouldContain("| previous |");
        talk.TargetComment!.ShouldNotContain("https://review-1.example.org/");
    }
}

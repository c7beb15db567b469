using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Sandbox.World;
using Deliverybot.Tests.Harness;
using Deliverybot.Tests.Jobs.Markup;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.Surfaces.PullRequests;

/// <summary>All commands but <c>/deploy</c>.</summary>
public sealed class ConversationTests(House house) : IClassFixture<House>
{
    private const string File =
        """
        staging:
          auto_deploy_on: refs/heads/main
          environment: staging
        production:
          environment: production
          required_contexts: [deliverybot/promotion]
        review:
          environment: review-${{ pr }}
          required_contexts: [ci]
        """;

    [Fact]
    public async Task Help_lists_the_targets_and_what_each_would_do_now()
    {
        var talk = new ConversationDriver(house, File);
        await talk.SayAsync("/lock staging stock-taking", talk.Person("grace", RepositoryPermission.Write));
        var calls = talk.Shop.Calls.Count;

        var help = (await talk.AskAsync("/deploy")).ShouldBeDocumented();

        RenderedMarkdown.Of(help).Rows.Select(row => row[^1]).Take(4).ShouldBe(
            ["Now", "⏳ Waiting for ci (no result yet).", "🔒 staging is locked by grace: stock-taking.", "⏳ Waiting for somebody to promote it."]);
        talk.Shop.Deployed.Count.ShouldBe(0);
        talk.Shop.Calls.Count.ShouldBeLessThanOrEqualTo(calls + 9);
        talk.Shop.SetStatus(talk.Head, "ci");
        RenderedMarkdown.Of(await talk.AskAsync("/deploy help")).Rows.Single(row => row[0] == "review").ShouldBe(["review", "review-1", "✅ Ready"]);
    }

    [Fact]
    public async Task Status_tells_what_is_live_what_waits_and_why_and_what_is_locked()
    {
        var talk = new ConversationDriver(house, File);
        (await talk.AskAsync("/status")).ShouldBeDocumented();
        var live = talk.Shop.Push("Sell cake");
        await talk.Shop.SettleAsync();
        await talk.ReportAsync("staging", "success", environmentUrl: "https://staging.example.com/");
        await talk.SayAsync("/lock staging for 2h stock-taking");
        var next = talk.Shop.Push("Sell more cake");
        await talk.Shop.SettleAsync();

        var status = (await talk.AskAsync("/status")).ShouldBeDocumented();

        status.ShouldContain(live[..7]);
        status.ShouldContain(next[..7]);
        status.ShouldContain("🔒 staging is locked by ada until");
        RenderedMarkdown.Of(status).Links.ShouldContain("https://staging.example.com/");
    }

    [Fact]
    public async Task Status_tells_of_the_last_deployment_if_that_failed()
    {
        var talk = new ConversationDriver(house, File);
        var live = talk.Shop.Push("Sell cake");
        await talk.Shop.SettleAsync();
        await talk.ReportAsync("staging", "success");
        var failed = talk.Shop.Push("Sell more cake");
        await talk.Shop.SettleAsync();
        await talk.ReportAsync("staging", "failure", "The oven is cold.");

        var cell = RenderedMarkdown.Of((await talk.AskAsync("/status")).ShouldBeDocumented()).Rows[^1][1];

        cell.ShouldContain(live[..7]);
        cell.ShouldContain($"❌ {failed[..7]}");
        cell.ShouldEndWith("could not be deployed to it: The oven is cold. · details");
    }

    [Fact]
    public async Task A_lock_is_renewed_by_its_holder_refused_to_others_and_ended_by_any_writer()
    {
        var talk = new ConversationDriver(house, File);
        var grace = talk.Person("grace", RepositoryPermission.Write);

        (await talk.AskAsync("/lock production for 2h stock-taking")).ShouldBeDocumented().ShouldContain("production is locked by ada until");
        (await talk.AskAsync("/lock production stock-taking goes on")).ShouldContain("Renewed");
        (await talk.AskAsync("/lock production", grace)).ShouldBeDocumented().ShouldContain("unlock it first");
        (await talk.AskAsync("/deploy production force", grace)).ShouldBeDocumented().ShouldContain("is locked by ada");
        (await talk.AskAsync("/unlock PRODUCTION", grace)).ShouldBeDocumented().ShouldContain("grace unlocked production, which ada had locked");
        (await talk.AskAsync("/unlock production", grace)).ShouldBe("production is not locked.");
        (await talk.AskAsync("/lock nowhere")).ShouldContain("nowhere");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_lock_ends_with_the_pull_request_it_was_taken_in(bool merged)
    {
        var talk = new ConversationDriver(house, File);
        await talk.SayAsync("/lock production");

        if (merged)
        {
            talk.World.MergePullRequest(talk.Repository, talk.Pull, house.Ada);
        }
        else
        {
            talk.World.ClosePullRequest(talk.Repository, talk.Pull, house.Ada);
        }

        await talk.Shop.SettleAsync();
        await house.EventuallyAsync(
            () => Task.FromResult(talk.Said.Any(comment => comment.Body.StartsWith("🔓 `production` is locked no longer: its lock ended with this pull request.", StringComparison.Ordinal))),
            "it is told");
        (await talk.AskAsync("/unlock production")).ShouldBe("production is not locked.");
        (await talk.AskAsync("/lock production")).ShouldContain("Take it on the page or in one that is open.");
    }

    [Fact]
    public async Task A_promotion_names_the_person()
    {
        var talk = new ConversationDriver(house, File);

        (await talk.AskAsync("/promote")).ShouldBeDocumented().ShouldContain("was promoted by ada.");
        (await talk.AskAsync("/promote")).ShouldContain("is promoted already.");

        talk.Shop.StatusesOf(talk.Head, "deliverybot/promotion").ShouldBe(["success: Promoted by ada."]);
    }

    [Fact]
    public async Task What_waits_is_cancelled_and_its_comment_says_so()
    {
        var talk = new ConversationDriver(house, "review:\n  auto_deploy_on: pr\n  environment: review\n  required_contexts: [ci]\n");
        await talk.Shop.SettleAsync();

        (await talk.AskAsync("/cancel review")).ShouldBeDocumented().ShouldContain("Cancelled by ada.");
        await house.EventuallyAsync(() => Task.FromResult(talk.TargetComment!.Contains("was not deployed", StringComparison.Ordinal)), "the comment says so");
        (await talk.AskAsync("/cancel review")).ShouldContain("it was cancelled");
        (await talk.Shop.RowAsync(talk.Head)).State.ShouldBe(DeploymentState.Cancelled);
    }

    [Fact]
    public async Task A_rollback_goes_back_holds_and_ends_with_a_deployment_forward()
    {
        var talk = new ConversationDriver(house, File, "merged");
        await talk.Shop.SettleAsync();
        (await talk.AskAsync("/rollback production")).ShouldContain("Nothing was rolled back. Nothing has succeeded in production yet, so there is nothing to go back to.");
        var good = talk.World.Read(_ => talk.Repository.Head);
        await talk.ReportAsync("staging", "success");
        var bad = talk.Shop.Push("Sell cold tea");
        await talk.Shop.SettleAsync();
        await talk.ReportAsync("staging", "success");

        (await talk.AskAsync("/rollback staging")).ShouldBeDocumented().ShouldContain("staging goes back to");
        talk.Shop.Deployed[^1].ShouldBe(good);
        talk.Rollbacks.ShouldHaveSingleItem().ShouldContain("ada, rolling back");
        await talk.ReportAsync("staging", "success");
        talk.Rollbacks.ShouldHaveSingleItem().ShouldBeDocumented().ShouldContain("was deployed to `staging`");
        var next = talk.Shop.Push("Sell warm tea");
        await talk.Shop.SettleAsync();
        talk.Shop.Deployed.ShouldNotContain(next);
        (await talk.AskAsync("/status")).ShouldContain("staging is held since ada rolled it back.");

        (await talk.AskAsync("/unlock staging")).ShouldBeDocumented().ShouldContain("which was held since ada rolled it back");
        await house.EventuallyAsync(() => Task.FromResult(talk.Shop.Deployed.Contains(next)), "what was held goes on");
        bad.ShouldNotBe(good);
    }

    [Fact]
    public async Task A_hold_ends_when_a_person_deploys_forward()
    {
        var talk = new ConversationDriver(house, "staging:\n  auto_deploy_on: refs/heads/main\n  environment: staging\n");
        talk.Shop.Push("Sell cake");
        await talk.Shop.SettleAsync();
        await talk.ReportAsync("staging", "success");
        talk.Shop.Push("Sell cold cake");
        await talk.Shop.SettleAsync();
        await talk.ReportAsync("staging", "success");
        await talk.SayAsync("/deploy staging");
        await talk.ReportAsync("staging", "success");
        await talk.AskAsync("/rollback staging");
        await talk.ReportAsync("staging", "success");
        talk.Shop.Push("Sell warm cake", talk.Pull.HeadBranch);
        await talk.Shop.SettleAsync();

        (await talk.AskAsync("/deploy help")).ShouldContain("✅ Ready. Events are held there no longer once it has succeeded.");
        (await talk.AskAsync("/deploy staging")).ShouldBeDocumented().ShouldStartWith("On its way to `staging`. Events are held there no longer once it has succeeded. [");
        (await talk.AskAsync("/status")).ShouldContain("staging is held since ada rolled it back.");
        await talk.ReportAsync("staging", "success");
        await house.EventuallyAsync(() => house.ReadAsync(async db => !await db.Locks.AnyAsync(held => held.RepositoryId == new RepositoryId(talk.Repository.Id))), "the hold has ended");

        (await talk.AskAsync("/unlock staging")).ShouldBe("staging is not locked.");
    }

    [Fact]
    public async Task Whatever_people_and_runners_write_stays_text()
    {
        const string Bait = "</td>[click](https://evil.example) <img src=x> @team #1 acme/shop#1 `${{ x }}` | \u202Eevil";
        var talk = new ConversationDriver(house, "\"a|b @team <i>\":\n  environment: \"e|`@team` #1\"\n");
        await talk.SayAsync("/deploy \"a|b @team <i>\"");

        await talk.ReportAsync("e|`@team` #1", "failure", Bait, "https://evil.example/) [x](https://evil.example", "javascript:alert(1)");
        await talk.SayAsync($"/lock \"e|`@team` #1\" {Bait}");
        await talk.SayAsync($"/lock {new string('x', 60_000)} @team");
        await talk.SayAsync("/deploy @team <b>#1</b> oops");
        await talk.SayAsync("/status");
        await talk.SayAsync("/deploy");

        talk.Said.Count.ShouldBe(7);
        foreach (var rendered in talk.Said.Select(said => RenderedMarkdown.Of(said.Body)))
        {
            rendered.Html.Where(html => html is not ("<br>" or "<details><summary>All commands</summary>" or "</details>")).ShouldBeEmpty();
            rendered.Found.ShouldBeEmpty();
            rendered.Links.ShouldAllBe(link => link.StartsWith(house.GitHub.Url.AbsoluteUri, StringComparison.Ordinal)
                || link.StartsWith(house.SiteUrl.AbsoluteUri, StringComparison.Ordinal) || link == "https://evil.example/%29%20%5Bx%5D%28https://evil.example");
            rendered.Text.ShouldNotContain("\u202E");
        }
    }
}

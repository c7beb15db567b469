using System.Net;
using AngleSharp.Html.Dom;
using Deliverybot.Data.Deploying;
using Deliverybot.Sandbox.Faults;
using Deliverybot.Tests.Harness;
using Deliverybot.Tests.Jobs;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Site;

/// <summary>The page of a deployment that failed has what helps: where to go back to, and what came with it.</summary>
public sealed class FailedDeploymentTests(House house) : IClassFixture<House>
{
    private const string DeployFile = "production:\n  auto_deploy_on: refs/heads/main\n";
    private const string Back = "form[action$='/rollback']";

    [Fact]
    public async Task It_leads_back_to_what_went_well_last_once_that_is_confirmed()
    {
        var acts = new ActDriver(house, DeployFile);
        var good = await acts.GoLiveAsync("Sell tea");
        var bad = await FailAsync(acts, "Sell coffee");
        using var ada = await house.SignInAsync("ada");

        var form = (IHtmlFormElement)(await OpenAsync(ada, acts, bad)).QuerySelector(Back)!;
        using var asked = await ada.SubmitAsync(form);

        form.QuerySelector("button")!.TextContent.Trim().ShouldBe($"Roll back to {good[..7]}");
        var question = (IHtmlFormElement)(await asked.ReadPageAsync()).QuerySelector("form.act-confirm")!;
        question.TextContent.ShouldContain($"{bad[..7]} failed; production goes back to {good[..7]}.");
        question.TextContent.ShouldContain("No commit leaves: it is what went well there last.");
        acts.Shop.Deployed[^1].ShouldBe(bad);
        using var done = await ada.SubmitAsync(question);
        done.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        acts.Shop.Deployed[^1].ShouldBe(good);
        (await OpenAsync(ada, acts, bad)).QuerySelector(Back).ShouldBeNull("the rollback is on its way");
    }

    [Fact]
    public async Task The_commits_page_has_the_same_way_back()
    {
        var acts = new ActDriver(house, DeployFile);
        var good = await acts.GoLiveAsync("Sell tea");
        var bad = await FailAsync(acts, "Sell coffee");
        using var ada = await house.SignInAsync("ada");
        using var rita = await house.SignInAsync("rita");

        (await ada.OpenAsync($"/{acts.Name}/commit/{bad}")).QuerySelector($".record-next {Back} button")!.TextContent.Trim().ShouldBe($"Roll back to {good[..7]}");
        (await ada.OpenAsync($"/{acts.Name}/commit/{good}")).QuerySelector(Back).ShouldBeNull();
        (await rita.OpenAsync($"/{acts.Name}/commit/{bad}")).QuerySelector(Back).ShouldBeNull();
    }

    [Fact]
    public async Task What_waits_for_approval_leads_there_from_the_commits_page()
    {
        var repository = house.CreateRepository(DeployFile);
        var id = await house.KnownAsync(repository);
        var row = PageRows.Deployment(id, repository.Branches["main"], state: DeploymentState.Pending, at: TimeProvider.System.GetUtcNow());
        (row.AwaitsApproval, row.LogUrl) = (true, "https://github.com/acme/shop/actions/runs/1");
        await house.WriteAsync(row);
        using var ada = await house.SignInAsync("ada");

        var link = (await ada.OpenAsync($"/{repository.FullName}/commit/{row.Sha}")).QuerySelector(".record-next a")!;

        (link.TextContent, link.GetAttribute("href")).ShouldBe(("Approve or reject at GitHub", "https://github.com/acme/shop/actions/runs/1"));
    }

    [Fact]
    public async Task Of_several_that_failed_only_the_last_ones_row_rolls_back()
    {
        var acts = new ActDriver(house, DeployFile);
        var bad = await FailAsync(acts, "One");
        await acts.GoLiveAsync("Two");
        await acts.GoLiveAsync("Three");
        var worse = await FailAsync(acts, "Four");
        using var ada = await house.SignInAsync("ada");

        (await FormAsync(ada, acts, bad)).QuerySelector(Back).ShouldBeNull("it would take back another commit");
        var form = (await FormAsync(ada, acts, worse)).QuerySelector(Back)!;
        form.QuerySelector("button")!.PreviousElementSibling!.TextContent.ShouldContain($"{worse[..7]} failed; production goes back to");
    }

    [Fact]
    public async Task It_offers_no_way_back_where_that_leads_nowhere_or_takes_back_something_else()
    {
        var acts = new ActDriver(house, DeployFile);
        using var ada = await house.SignInAsync("ada");
        using var rita = await house.SignInAsync("rita");

        var first = await FailAsync(acts, "One");
        (await OpenAsync(ada, acts, first)).QuerySelector(Back).ShouldBeNull("nothing ever went well");
        var good = await acts.GoLiveAsync("Two");
        (await OpenAsync(ada, acts, first)).QuerySelector(Back).ShouldBeNull("something newer is live");
        var bad = await FailAsync(acts, "Three");
        (await OpenAsync(ada, acts, bad)).QuerySelector(Back).ShouldNotBeNull();
        (await OpenAsync(rita, acts, bad)).QuerySelector(Back).ShouldBeNull("she may only read");
        var worse = await FailAsync(acts, "Four");
        (await OpenAsync(ada, acts, bad)).QuerySelector(Back).ShouldBeNull("something newer has failed");
        (await OpenAsync(ada, acts, worse)).QuerySelector(Back)!.TextContent.ShouldContain(good[..7]);
    }

    [Fact]
    public async Task What_failed_when_it_was_deployed_again_has_nowhere_else_to_go()
    {
        var acts = new ActDriver(house, DeployFile);
        var sha = await acts.GoLiveAsync("One");
        using var ada = await house.SignInAsync("ada");
        using var again = await ada.PostFormAsync($"/{acts.Name}/deploy", ("target", "production"), ("sha", sha));
        acts.Shop.Report(sha, "failure");
        await acts.Shop.SettleAsync();

        var page = await OpenAsync(ada, acts, sha);

        page.QuerySelector(Back).ShouldBeNull();
        page.QuerySelector("section[aria-labelledby=since]")!.TextContent.ShouldContain("The same commit went well then: nothing has changed in it.");
    }

    [Fact]
    public async Task It_shows_what_came_with_it_by_one_call()
    {
        var acts = new ActDriver(house, DeployFile);
        var good = await acts.GoLiveAsync("Sell tea");
        // Deployed by nobody: they come with the one that is.
        var came = Enumerable.Range(1, 24).Select(number => acts.Shop.World.Push(acts.Shop.Repository, "next", house.Ada, $"Step {number}")).ToList();
        using var ada = await house.SignInAsync("ada");
        using var deployed = await ada.PostFormAsync($"/{acts.Name}/deploy", ("target", "production"), ("sha", came[^1]), ("ref", "next"));
        deployed.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        acts.Shop.Report(came[^1], "failure");
        await acts.Shop.SettleAsync();
        var before = acts.Shop.CallsTo("compare");

        var page = await OpenAsync(ada, acts, came[^1]);

        (acts.Shop.CallsTo("compare") - before).ShouldBe(1);
        var panel = page.QuerySelector("section[aria-labelledby=since]")!;
        panel.QuerySelector(".panel-head a")!.TextContent.ShouldContain(good[..7]);
        var lines = panel.QuerySelectorAll("li").ToList();
        lines.Count.ShouldBe(21);
        lines[0].TextContent.ShouldContain("Step 1");
        lines[0].TextContent.ShouldContain("ada");
        lines[0].QuerySelector("a")!.GetAttribute("href").ShouldBe($"/{acts.Name}/commit/{came[0]}");
        lines[^1].TextContent.Trim().ShouldBe("and 4 more");
        lines[^1].QuerySelector("a")!.GetAttribute("href")!.ShouldEndWith($"/{acts.Name}/compare/{good}...{came[^1]}");
    }

    [Fact]
    public async Task Where_GitHub_does_not_show_the_commits_the_page_says_so()
    {
        var acts = new ActDriver(house, DeployFile);
        await acts.GoLiveAsync("Sell tea");
        var bad = await FailAsync(acts, "Sell coffee");
        using var ada = await house.SignInAsync("ada");
        await ada.OpenAsync($"/{acts.Name}/deployments");
        house.GitHub.Faults.Add(new FaultRule { Address = "/compare/", ErrorShare = 1 });
        try
        {
            var page = await OpenAsync(ada, acts, bad);

            page.QuerySelector("section[aria-labelledby=since]")!.TextContent.ShouldContain("The commits can’t be shown now.");
        }
        finally
        {
            house.GitHub.Faults.Clear();
        }
    }

    private static Task<IHtmlDocument> FormAsync(HttpClient by, ActDriver acts, string sha) =>
        by.OpenAsync($"/{acts.Name}/branch/main?handler=DeployForm&sha={sha}");

    private static async Task<string> FailAsync(ActDriver acts, string message)
    {
        var sha = acts.Shop.Push(message);
        await acts.Shop.EventuallyAsync(sha, DeploymentState.Pending);
        acts.Shop.Report(sha, "failure");
        await acts.Shop.SettleAsync();
        return sha;
    }

    private static async Task<IHtmlDocument> OpenAsync(HttpClient by, ActDriver acts, string sha) =>
        await by.OpenAsync($"/{acts.Name}/deployments/{(await acts.Shop.RowAsync(sha)).Id}");
}

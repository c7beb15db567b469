using System.Net;
using AngleSharp.Html.Dom;
using Deliverybot.Data.Deploying;
using Deliverybot.Tests.Harness;
using Deliverybot.Tests.Jobs;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Site;

/// <summary>A refusal has the button that does what comes next, with scripts and without.</summary>
public sealed class RefusalPageTests(House house) : IClassFixture<House>
{
    private const string DeployFile = "staging:\n  environment: staging\n  auto_deploy_on: refs/heads/main\nproduction:\n  after: [staging]\n";

    [Fact]
    public async Task What_failed_at_an_earlier_target_is_deployed_there_again_by_a_click()
    {
        var acts = new ActDriver(house, DeployFile);
        var sha = acts.Shop.Push("One");
        await acts.Shop.AwaitAsync("staging", sha, DeploymentState.Pending);
        await acts.Shop.ReportAsync("staging", sha, "failure");
        using var ada = await house.SignInAsync("ada");

        using var refused = await ada.PostFormAsync($"/{acts.Name}/deploy", ("target", "production"), ("sha", sha), ("ref", "main"));

        refused.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        var page = await refused.ReadPageAsync();
        var buttons = page.QuerySelectorAll("main .actions form button").Select(button => button.TextContent.Trim()).ToList();
        buttons.ShouldBe([$"Deploy {sha[..7]} to staging", "Wait until it may", "Force it"]);
        using var again = await ada.SubmitAsync((IHtmlFormElement)page.QuerySelector("main .actions form[action$='/deploy']")!);
        again.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        acts.Shop.Made.ShouldBe([$"staging:{sha}", $"staging:{sha}"]);
    }

    [Fact]
    public async Task Somebodys_lock_is_ended_at_the_edge_of_the_page_once_its_end_was_asked_about()
    {
        var acts = new ActDriver(house, DeployFile);
        var sha = acts.Shop.Push("One");
        await acts.Shop.AwaitAsync("staging", sha, DeploymentState.Pending);
        acts.Writer(ActDriver.Grace);
        using var grace = await house.SignInAsync("grace");
        using var locked = await grace.PostFormAsync($"/{acts.Name}/lock", ("environment", "staging"));
        using var ada = await house.SignInAsync("ada");
        ada.DefaultRequestHeaders.Add("HX-Request", "true");

        using var refused = await ada.PostFormAsync($"/{acts.Name}/deploy", ("target", "staging"), ("sha", sha));
        var note = (await refused.ReadPageAsync()).QuerySelector(".note[role=alert]")!;
        using var asked = await ada.SubmitAsync((IHtmlFormElement)note.QuerySelector("form[action$='/unlock']")!);
        (asked.StatusCode, asked.Headers.GetValues("HX-Retarget").Single()).ShouldBe((HttpStatusCode.OK, "this"));
        using var unlocked = await ada.SubmitAsync((IHtmlFormElement)(await asked.ReadPageAsync()).QuerySelector("form.act-confirm")!);

        note.TextContent.ShouldContain("staging is locked by grace");
        note.QuerySelector("button")!.TextContent.Trim().ShouldBe("Unlock staging");
        unlocked.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await acts.LocksAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Who_may_only_look_is_told_whom_to_ask()
    {
        var acts = new ActDriver(house, DeployFile);
        using var rita = await house.SignInAsync("rita");

        using var refused = await rita.PostFormAsync($"/{acts.Name}/lock", ("environment", "staging"));

        refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await refused.ReadPageAsync()).QuerySelector("main")!.TextContent.ShouldContain("Ask somebody who has it");
    }
}

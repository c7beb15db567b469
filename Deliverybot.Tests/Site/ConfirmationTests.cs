using System.Net;
using AngleSharp.Html.Dom;
using Deliverybot.Data.Locks;
using Deliverybot.Tests.Harness;
using Deliverybot.Tests.Jobs;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Site;

/// <summary>What isn't plain is asked about once, with what will come of it; the answer does it.</summary>
public sealed class ConfirmationTests(House house) : IClassFixture<House>
{
    private const string DeployFile =
        """
        production:
          auto_deploy_on: refs/heads/main
        checked:
          environment: staging
          required_contexts: [ci]
        """;

    [Fact]
    public async Task A_rollback_says_where_it_goes_what_leaves_and_what_is_held_and_keeps_the_reason()
    {
        var acts = new ActDriver(house, DeployFile);
        var first = await acts.GoLiveAsync("Sell tea");
        acts.Shop.Push("Draft");
        var second = await acts.GoLiveAsync("Sell coffee");
        using var ada = await house.SignInAsync("ada");

        using var asked = await ada.PostFormAsync($"/{acts.Name}/rollback", ("target", "production"), ("ask", "true"));

        asked.StatusCode.ShouldBe(HttpStatusCode.OK);
        var page = await asked.ReadPageAsync();
        var said = page.QuerySelector("form.act-confirm")!.TextContent;
        said.ShouldContain($"production goes back to {first[..7]}.");
        said.ShouldContain($"{first[..7]} is “Sell tea”. 2 commits leave.");
        said.ShouldContain($"Automatic deployments are held in production then, until somebody unlocks it, or has deployed something newer than {second[..7]}.");
        (await acts.LocksAsync()).ShouldBeEmpty();
        var form = (IHtmlFormElement)page.QuerySelector("form.act-confirm")!;
        ((IHtmlInputElement)form.QuerySelector("input[name=reason]")!).Value = "Orders are lost.";

        using var done = await ada.SubmitAsync(form);

        done.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        acts.Shop.Deployed[^1].ShouldBe(first);
        var hold = (await acts.LocksAsync()).ShouldHaveSingleItem();
        (hold.Kind, hold.Reason).ShouldBe((LockKind.Hold, "Orders are lost."));
        (await acts.ActivityAsync()).ShouldHaveSingleItem().Detail.ToString().ShouldContain("Orders are lost.");
        var board = await ada.OpenAsync($"/{acts.Name}/environments");
        board.QuerySelector("form[action$='/unlock'] button")!.TextContent.ShouldContain("ada’s hold");
    }

    [Fact]
    public async Task What_has_changed_since_it_was_asked_is_asked_once_more_and_says_so()
    {
        var acts = new ActDriver(house, DeployFile);
        await acts.GoLiveAsync("One");
        var second = await acts.GoLiveAsync("Two");
        using var ada = await house.SignInAsync("ada");
        using var asked = await ada.PostFormAsync($"/{acts.Name}/rollback", ("target", "production"), ("ask", "true"));
        var first = (IHtmlFormElement)(await asked.ReadPageAsync()).QuerySelector("form.act-confirm")!;
        first.TextContent.ShouldNotContain("This has changed");
        await acts.GoLiveAsync("Three");
        var deployed = acts.Shop.Deployed.Count;

        using var again = await ada.SubmitAsync(first);

        again.StatusCode.ShouldBe(HttpStatusCode.OK);
        var form = (IHtmlFormElement)(await again.ReadPageAsync()).QuerySelector("form.act-confirm")!;
        form.TextContent.ShouldContain("This has changed since you opened it. Nothing was done; now:");
        form.TextContent.ShouldContain($"production goes back to {second[..7]}.");
        acts.Shop.Deployed.Count.ShouldBe(deployed);

        using var done = await ada.SubmitAsync(form);
        done.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        acts.Shop.Deployed[^1].ShouldBe(second);
    }

    [Fact]
    public async Task A_deployment_is_asked_about_only_where_it_does_not_just_go_on()
    {
        var acts = new ActDriver(house, DeployFile);
        var first = await acts.GoLiveAsync("One");
        var second = await acts.GoLiveAsync("Two");
        using var ada = await house.SignInAsync("ada");

        (await AskedAsync(ada, acts, first, "production")).ShouldContain($"{first[..7]} is older than {second[..7]}, which is live in production: 1 commit leaves it.");
        (await AskedAsync(ada, acts, second, "production")).ShouldContain($"{second[..7]} is live in production already: it is deployed once more.");
        (await AskedAsync(ada, acts, second, "checked", force: true)).ShouldContain("Force overrules ci (");
        acts.Shop.Deployed.Count.ShouldBe(2);

        using var plain = await ada.PostFormAsync($"/{acts.Name}/deploy", ("target", "production"), ("sha", second));
        plain.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        (await AskedAsync(ada, acts, second, "production")).ShouldContain($"{second[..7]} is on its way to production already");
        using var refused = await ada.PostFormAsync($"/{acts.Name}/deploy", ("target", "checked"), ("sha", second), ("ask", "true"));
        refused.StatusCode.ShouldBe(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task Ending_what_somebody_else_keeps_says_whose_it_is_and_what_it_lets_go()
    {
        var acts = new ActDriver(house, DeployFile);
        await acts.GoLiveAsync("One");
        using var ada = await house.SignInAsync("ada");
        acts.Writer(ActDriver.Grace);
        using var grace = await house.SignInAsync("grace");
        using var locked = await grace.PostFormAsync($"/{acts.Name}/lock", ("environment", "production"), ("reason", "Stock-taking."));
        locked.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        var waiting = await acts.Shop.SettledAsync(acts.Shop.Push("Two"));

        foreach (var place in new[] { "environments", $"deployments/{waiting.Id}" })
        {
            var button = (IHtmlFormElement)(await ada.OpenAsync($"/{acts.Name}/{place}")).QuerySelector("form[action$='/unlock']")!;
            using var asked = await ada.SubmitAsync(button);
            asked.StatusCode.ShouldBe(HttpStatusCode.OK, place);
            var question = (await asked.ReadPageAsync()).QuerySelector("form.act-confirm")!;
            question.TextContent.ShouldContain("production is locked by grace: Stock-taking. That lock ends.");
            question.TextContent.ShouldContain($"{waiting.Sha.Short} waits for it, and may go out at once then.");
            question.QuerySelector("[name=reason]").ShouldBeNull();
            (await acts.LocksAsync()).ShouldHaveSingleItem();
        }

        using var other = await ada.PostFormAsync($"/{acts.Name}/unlock", ("environment", "production"), ("kept", "0-0"));
        other.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await other.ReadPageAsync()).QuerySelector("main")!.TextContent.ShouldContain("has changed meanwhile. Look again.");
        (await acts.LocksAsync()).ShouldHaveSingleItem();

        using var refused = await ada.PostFormAsync($"/{acts.Name}/deploy", ("target", "production"), ("sha", waiting.Sha.Value));
        var step = (IHtmlFormElement)(await refused.ReadPageAsync()).QuerySelector("form[action$='/unlock']")!;
        using var question2 = await ada.SubmitAsync(step);
        using var done = await ada.SubmitAsync((IHtmlFormElement)(await question2.ReadPageAsync()).QuerySelector("form.act-confirm")!);
        done.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        (await acts.LocksAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Ones_own_lock_ends_at_a_click()
    {
        var acts = new ActDriver(house, DeployFile);
        using var ada = await house.SignInAsync("ada");
        using var locked = await ada.PostFormAsync($"/{acts.Name}/lock", ("environment", "production"));

        using var done = await ada.PostFormAsync($"/{acts.Name}/unlock", ("environment", "production"), ("ask", "true"));

        done.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        (await acts.LocksAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Ones_own_lock_is_asked_about_where_something_waits_for_it()
    {
        var acts = new ActDriver(house, DeployFile);
        await acts.GoLiveAsync("One");
        using var ada = await house.SignInAsync("ada");
        using var locked = await ada.PostFormAsync($"/{acts.Name}/lock", ("environment", "production"));
        var waiting = await acts.Shop.SettledAsync(acts.Shop.Push("Two"));

        using var asked = await ada.PostFormAsync($"/{acts.Name}/unlock", ("environment", "production"), ("ask", "true"));

        asked.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await asked.ReadPageAsync()).QuerySelector("form.act-confirm")!.TextContent.ShouldContain($"{waiting.Sha.Short} waits for it, and may go out at once then.");
        (await acts.LocksAsync()).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_promotion_and_a_cancellation_say_what_comes_of_them()
    {
        var acts = new ActDriver(house, "production:\n  auto_deploy_on: refs/heads/main\n  required_contexts: [deliverybot/promotion]\n");
        var waiting = await acts.Shop.SettledAsync(acts.Shop.Push("One"));
        using var ada = await house.SignInAsync("ada");

        foreach (var place in new[] { "environments", $"deployments/{waiting.Id}" })
        {
            var page = await ada.OpenAsync($"/{acts.Name}/{place}");
            using var promotion = await ada.SubmitAsync((IHtmlFormElement)page.QuerySelector("form[action$='/promote']")!);
            (await promotion.ReadPageAsync()).QuerySelector("form.act-confirm")!.TextContent.ShouldContain($"{waiting.Sha.Short} goes to production by itself.");
            using var cancellation = await ada.SubmitAsync((IHtmlFormElement)page.QuerySelector("form[action$='/cancel']")!);
            (await cancellation.ReadPageAsync()).QuerySelector("form.act-confirm")!.TextContent
                .ShouldContain($"{waiting.Sha.Short} doesn't go to production by itself any more. It waits now: Waiting for somebody to promote it.");
        }

        (await acts.Shop.RowAsync(waiting.Sha.Value)).State.ShouldBe(Data.Deploying.DeploymentState.Waiting);
    }

    [Fact]
    public async Task With_scripts_the_question_takes_the_place_of_the_form()
    {
        var acts = new ActDriver(house, DeployFile);
        var sha = await acts.GoLiveAsync("One");
        using var ada = await house.SignInAsync("ada");
        ada.DefaultRequestHeaders.Add("HX-Request", "true");

        using var asked = await ada.PostFormAsync($"/{acts.Name}/deploy", ("target", "production"), ("sha", sha), ("ask", "true"));

        (asked.StatusCode, asked.Headers.GetValues("HX-Retarget").Single(), asked.Headers.GetValues("HX-Reswap").Single()).ShouldBe((HttpStatusCode.OK, "this", "outerHTML"));
        (await asked.ReadPageAsync()).QuerySelectorAll("body > form.act-confirm").ShouldHaveSingleItem();
    }

    [Fact]
    public async Task The_form_judges_each_target_and_chooses_where_the_commit_goes_on()
    {
        var acts = new ActDriver(house, "production:\n  auto_deploy_on: refs/heads/main\nstaging: {}\n");
        await acts.GoLiveAsync("One");
        using var ada = await house.SignInAsync("ada");

        var form = await ada.OpenFormAsync(acts.Shop.Repository);

        form.QuerySelectorAll(".target-word").Select(word => word.TextContent.Trim()).ToList()[0].ShouldContain("is live in production already");
        form.QuerySelector("input[name=target]:checked")!.GetAttribute("value").ShouldBe("staging");
    }

    [Fact]
    public async Task The_form_of_the_board_judges_and_chooses_as_that_of_a_commit_does()
    {
        var acts = new ActDriver(
            house, "stuck: { environment: production, required_contexts: [ci] }\nproduction: { environment: production, auto_deploy_on: refs/heads/main }\n");
        var live = await acts.GoLiveAsync("One");
        using var ada = await house.SignInAsync("ada");

        var form = await ada.OpenAsync($"/{acts.Name}/environments?handler=Form&act=deploy&environment=production");

        form.QuerySelectorAll("input[name=target]").Select(target => target.GetAttribute("value")).ShouldBe(["stuck", "production"]);
        var words = form.QuerySelectorAll(".target-word").Select(word => word.TextContent).ToList();
        words[0].ShouldContain("ci");
        words[1].ShouldContain($"{live[..7]} is live in production already");
        form.QuerySelector("input[name=target]:checked")!.GetAttribute("value").ShouldBe("production");
    }

    private static async Task<string> AskedAsync(HttpClient by, ActDriver acts, string sha, string target, bool force = false)
    {
        using var asked = await by.PostFormAsync(
            $"/{acts.Name}/deploy", ("target", target), ("sha", sha), ("ask", "true"), ("force", force ? "true" : "false"));
        asked.StatusCode.ShouldBe(HttpStatusCode.OK);
        return (await asked.ReadPageAsync()).QuerySelector("form.act-confirm")!.TextContent;
    }
}

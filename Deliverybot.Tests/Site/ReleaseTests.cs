using System.Net;
using AngleSharp.Html.Dom;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Sandbox.Faults;
using Deliverybot.Tests.Harness;
using Deliverybot.Tests.Jobs;
using Deliverybot.Tests.Jobs.Surfaces.PullRequests;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Site;

/// <summary>Deployments read like releases: what came, what left, who made and promoted it, how long it took, and the way back.</summary>
public sealed class ReleaseTests(House house) : IClassFixture<House>
{
    private const string DeployFile = "production:\n  auto_deploy_on: refs/heads/main\n";
    private const string BackTo = "form[action$='/rollback']:has(input[name=id])";

    [Fact]
    public async Task The_list_says_what_each_commit_is_who_made_it_and_how_long_it_took()
    {
        var acts = new ActDriver(house, DeployFile);
        var tea = await acts.GoLiveAsync("Sell tea");
        await acts.GoLiveAsync("Sell coffee");
        using var ada = await house.SignInAsync("ada");
        var before = acts.Shop.CallsTo("graphql");

        var page = await ada.OpenAsync($"/{acts.Name}/deployments");

        var lines = page.QuerySelectorAll(".deployment-line").ToList();
        lines[0].QuerySelector(".deployment-commit")!.TextContent.ShouldBe("Sell coffee by ada");
        lines[1].QuerySelector(".deployment-commit a")!.GetAttribute("href").ShouldBe($"/{acts.Name}/commit/{tea}");
        lines[1].TextContent.ShouldContain("took ");
        (acts.Shop.CallsTo("graphql") - before).ShouldBeLessThanOrEqualTo(1);
        lines[0].QuerySelector(BackTo).ShouldBeNull("it is live");
        lines[1].QuerySelector(BackTo).ShouldNotBeNull();
        lines[1].QuerySelector("form[action$='/deploy'] input[name=ask]").ShouldNotBeNull();
    }

    [Fact]
    public async Task Whoever_may_only_read_is_offered_nothing()
    {
        var acts = new ActDriver(house, DeployFile);
        await acts.GoLiveAsync("Sell tea");
        await acts.GoLiveAsync("Sell coffee");
        using var rita = await house.SignInAsync("rita");

        var page = await rita.OpenAsync($"/{acts.Name}/deployments");

        page.QuerySelectorAll(".deployment-commit").Length.ShouldBe(2);
        page.QuerySelectorAll(".deployment-line form").ShouldBeEmpty();
    }

    [Fact]
    public async Task Where_GitHub_does_not_answer_the_commits_are_called_by_their_shas()
    {
        var acts = new ActDriver(house, DeployFile);
        var sha = await acts.GoLiveAsync("Sell tea");
        using var ada = await house.SignInAsync("ada");
        await ada.OpenAsync($"/{acts.Name}/deployments");
        house.GitHub.Faults.Add(new FaultRule { Address = "/graphql", ErrorShare = 1 });
        try
        {
            (await ada.OpenAsync($"/{acts.Name}/deployments")).QuerySelector(".deployment-line .sha")!.TextContent.ShouldBe(sha[..7]);
            (await ada.OpenAsync(await PathAsync(acts, sha))).QuerySelector("h1")!.TextContent.ShouldContain(sha[..7]);
        }
        finally
        {
            house.GitHub.Faults.Clear();
        }
    }

    [Fact]
    public async Task A_preview_that_is_made_anew_found_nothing_there()
    {
        var talk = new ConversationDriver(house, "review:\n  auto_deploy_on: pr\n  environment: review-${{ pr }}\n  transient_environment: true\n");
        await talk.Shop.SettleAsync();
        talk.Shop.Report(talk.Head, "success");
        await talk.Shop.SettleAsync();
        talk.World.ClosePullRequest(talk.Repository, talk.Pull, house.Ada);
        await talk.Shop.SettleAsync();
        talk.World.ReopenPullRequest(talk.Repository, talk.Pull, house.Ada);
        await talk.Shop.SettleAsync();
        talk.Shop.Report(talk.Head, "success");
        await talk.Shop.SettleAsync();
        var next = talk.Shop.Push("Green tea", "tea");
        await talk.Shop.SettleAsync();
        talk.Shop.Report(next, "success");
        await talk.Shop.SettleAsync();
        using var ada = await house.SignInAsync("ada");
        var made = (await talk.Shop.RowsAsync()).FindAll(row => row.SucceededAt is not null);

        made.Select(row => row.Sha.Value).ShouldBe([talk.Head, talk.Head, next]);
        (await BroughtAsync(made[1])).ShouldBeNull();
        (await BroughtAsync(made[2])).ShouldNotBeNull().TextContent.ShouldContain(talk.Head[..7]);

        async Task<AngleSharp.Dom.IElement?> BroughtAsync(Deployment row) =>
            (await ada.OpenAsync($"/{talk.Repository.FullName}/deployments/{row.Id}")).QuerySelector("section[aria-labelledby=since]");
    }

    [Fact]
    public async Task A_page_shows_what_the_deployment_brought()
    {
        var acts = new ActDriver(house, DeployFile);
        var tea = await acts.GoLiveAsync("Sell tea");
        var coffee = await acts.GoLiveAsync("Sell coffee");
        await acts.GoLiveAsync("Sell cocoa");
        using var ada = await house.SignInAsync("ada");

        var page = await ada.OpenAsync(await PathAsync(acts, coffee));

        page.QuerySelector(".deployment-title")!.TextContent.ShouldBe("Sell coffee by ada");
        var brought = page.QuerySelector("section[aria-labelledby=since]")!;
        brought.QuerySelector("h2")!.TextContent.ShouldBe("What it brought");
        brought.QuerySelector(".panel-head code")!.TextContent.ShouldBe(tea[..7]);
        brought.QuerySelectorAll("li").Select(line => line.QuerySelector("a")!.TextContent).ShouldBe(["Sell coffee"]);
        page.QuerySelectorAll("dt").Select(term => term.TextContent).ShouldContain("Took");
        page.QuerySelector("dd time[data-utc]")!.TextContent.ShouldEndWith(" UTC");
    }

    [Fact]
    public async Task One_goes_back_to_any_earlier_deployment_once_that_is_confirmed_and_sees_what_left_and_why()
    {
        var acts = new ActDriver(house, DeployFile);
        var tea = await acts.GoLiveAsync("Sell tea");
        await acts.GoLiveAsync("Sell coffee");
        var cocoa = await acts.GoLiveAsync("Sell cocoa");
        using var ada = await house.SignInAsync("ada");
        var form = (IHtmlFormElement)(await ada.OpenAsync(await PathAsync(acts, tea))).QuerySelector(BackTo)!;

        using var asked = await ada.SubmitAsync(form);
        var question = (IHtmlFormElement)(await asked.ReadPageAsync()).QuerySelector("form.act-confirm")!;
        question.TextContent.ShouldContain($"{cocoa[..7]} is live; production goes back to {tea[..7]}.");
        question.QuerySelector("a[href*='/difference?']")!.GetAttribute("href").ShouldBe($"/{acts.Name}/difference?environment=production&sha={tea}");
        acts.Shop.Deployed[^1].ShouldBe(cocoa);
        ((IHtmlInputElement)question.QuerySelector("input[name=reason]")!).Value = "Orders are lost";
        using var done = await ada.SubmitAsync(question);

        done.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        acts.Shop.Deployed[^1].ShouldBe(tea);
        var page = await ada.OpenAsync(await PathAsync(acts, tea));
        var took = page.QuerySelector("section[aria-labelledby=since]")!;
        took.QuerySelector("h2")!.TextContent.ShouldBe("What it takes back");
        took.QuerySelectorAll(".left li").Select(line => line.QuerySelector("a")!.TextContent).ShouldBe(["Sell coffee", "Sell cocoa"]);
        page.QuerySelector(".facts")!.TextContent.ShouldContain("Orders are lost");
    }

    [Fact]
    public async Task What_never_went_well_there_is_not_gone_back_to()
    {
        var acts = new ActDriver(house, DeployFile);
        await acts.GoLiveAsync("Sell tea");
        var live = await acts.GoLiveAsync("Sell coffee");
        var id = (await acts.Shop.RowAsync(live)).Id;
        using var ada = await house.SignInAsync("ada");

        using var already = await ada.PostFormAsync($"/{acts.Name}/rollback", ("target", "production"), ("id", $"{id}"));
        using var unknown = await ada.PostFormAsync($"/{acts.Name}/rollback", ("target", "production"), ("id", "999999999"));
        using var unread = await ada.PostFormAsync($"/{acts.Name}/rollback", ("target", "production"), ("id", "one"));

        already.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        unknown.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        unread.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        acts.Shop.Deployed[^1].ShouldBe(live);
    }

    [Fact]
    public async Task Commits_and_times_in_sentences_lead_on()
    {
        var repository = house.CreateRepository();
        var id = await house.KnownAsync(repository);
        var row = PageRows.Deployment(id, repository.Branches["main"], state: DeploymentState.Superseded);
        row.Reason = Sentence.Plain("1a2b3c4 is newer since 2026-05-03 10:20 UTC; order 1234567 & defaced stay.");
        await house.WriteAsync(row);
        using var rita = await house.SignInAsync("rita");

        var note = (await rita.OpenAsync($"/{repository.FullName}/deployments/{row.Id}")).QuerySelector(".note p")!;

        note.TextContent.ShouldEndWith("1a2b3c4 is newer since 2026-05-03 10:20 UTC; order 1234567 & defaced stay.");
        note.QuerySelectorAll("a").Select(link => link.GetAttribute("href")).ShouldBe([$"/{repository.FullName}/commit/1a2b3c4"]);
        note.QuerySelector("time")!.GetAttribute("datetime").ShouldBe("2026-05-03T10:20:00Z");
    }

    [Fact]
    public async Task Who_promoted_a_commit_is_named_in_list_and_page()
    {
        var acts = new ActDriver(house, "production:\n  auto_deploy_on: refs/heads/main\n  required_contexts: [deliverybot/promotion]\n");
        var sha = acts.Shop.Push("Sell tea");
        await acts.Shop.EventuallyAsync(sha, DeploymentState.Waiting);
        using var ada = await house.SignInAsync("ada");
        using var promoted = await ada.PostFormAsync($"/{acts.Name}/promote", ("sha", sha));
        promoted.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        await acts.Shop.EventuallyAsync(sha, DeploymentState.Pending);

        (await ada.OpenAsync($"/{acts.Name}/deployments")).QuerySelector(".deployment-line")!.TextContent.ShouldContain("promoted by ada");
        var facts = (await ada.OpenAsync(await PathAsync(acts, sha))).QuerySelector(".facts")!;
        facts.QuerySelectorAll("dt").Single(term => term.TextContent == "Promoted by").NextElementSibling!.TextContent.ShouldBe("ada");
    }

    private static async Task<string> PathAsync(ActDriver acts, string sha) => $"/{acts.Name}/deployments/{(await acts.Shop.RowAsync(sha)).Id}";
}

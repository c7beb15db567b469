using System.Net;
using Deliverybot.Data.Names;
using Deliverybot.Tests.Harness;
using Deliverybot.Tests.Jobs.Surfaces.Slack;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Site.Slack;

public sealed class SlackLinkingTests(House house) : IClassFixture<House>
{
    private readonly SlackDriver slack = new(house);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_person_adds_the_command_links_himself_and_unlinks_under_settings()
    {
        using var ada = await house.SignInAsync("ada");
        await SlackDriver.AddAppAsync(ada);
        using var confirm = await slack.SignInAsync(ada, "ada");
        var asked = await confirm.ReadPageAsync();
        asked.Body!.TextContent.ShouldContain("ada of Acme");
        (await LinksAsync()).ShouldBe(0);

        (await SlackDriver.ConfirmAsync(ada, confirm, "ada")).ShouldBe("/_/settings");

        (await LinksAsync()).ShouldBe(1);
        var settings = await ada.OpenAsync("/_/settings");
        settings.QuerySelector("#slack")!.TextContent.ShouldContain("U0ADA");
        var form = settings.QuerySelector("form[action='/_/slack/unlink']").ShouldBeAssignableTo<AngleSharp.Html.Dom.IHtmlFormElement>()!;
        using var unlinked = await ada.SubmitAsync(form);
        unlinked.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        (await LinksAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task What_was_begun_in_another_browser_is_refused()
    {
        using var mallory = await house.SignInAsync("olive");
        using var ada = await house.SignInAsync("ada");
        var slackCode = await SlackDriver.ConsentAsync(mallory, "/_/slack/link", ("member", "U0OLIVE"));
        var installCode = await SlackDriver.ConsentAsync(mallory, "/_/slack/install", ("answer", "allow"));

        using var linked = await ada.GetAsync(slackCode, Stop);
        using var installed = await ada.GetAsync(installCode, Stop);

        linked.Headers.Location!.OriginalString.ShouldStartWith("/_/slack/failed");
        installed.Headers.Location!.OriginalString.ShouldStartWith("/_/slack/failed");
        using var confirm = await ada.GetAsync("/_/slack/link/confirm", Stop);
        confirm.Headers.Location!.OriginalString.ShouldStartWith("/_/slack/failed");
        using var posted = await ada.PostFormAsync("/_/slack/link");
        posted.Headers.Location!.OriginalString.ShouldStartWith("/_/slack/failed");
    }

    [Fact]
    public async Task GitHubs_answer_to_another_browsers_link_links_nobody()
    {
        using var mallory = await house.SignInAsync("olive");
        await SlackDriver.AddAppAsync(mallory);
        using var confirm = await slack.SignInAsync(mallory, "olive");
        var page = await confirm.ReadPageAsync();
        using var away = await mallory.SubmitAsync((AngleSharp.Html.Dom.IHtmlFormElement)page.QuerySelector("form[action='/_/slack/link']")!);
        using var ada = await house.SignInAsync("ada");
        var before = await LinksAsync();

        using var planted = await ada.GetAsync(new Uri(house.SiteUrl, $"/_/sign-in/github?code=any&{StateOf(away.Headers.Location!)}"), Stop);

        planted.Headers.Location!.OriginalString.ShouldBe("/_/sign-in/failed");
        (await LinksAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task A_form_that_is_not_ours_links_nobody()
    {
        using var ada = await house.SignInAsync("ada");
        await SlackDriver.AddAppAsync(ada);
        using var confirm = await slack.SignInAsync(ada, "ada");

        using var answer = await ada.PostAsync("/_/slack/link", new FormUrlEncodedContent([]), Stop);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Another_account_at_GitHub_is_refused_and_its_token_taken_back()
    {
        using var ada = await house.SignInAsync("ada");
        await SlackDriver.AddAppAsync(ada);
        var before = await LinksAsync();

        var end = await slack.LinkAsync(ada, "rita", "ada");

        end.ShouldBe("/_/slack/failed?why=OtherAccount");
        (await LinksAsync()).ShouldBe(before);
        house.GitHub.Requests.All.ShouldContain(call => call.Method == "DELETE" && call.Route == "/applications/{client_id}/token");
        (await ada.OpenAsync(end)).Body!.TextContent.ShouldContain("another account");
    }

    [Fact]
    public async Task Who_began_as_somebody_else_is_refused()
    {
        using var ada = await house.SignInAsync("ada");
        using var confirm = await slack.SignInAsync(ada, "ada");
        confirm.StatusCode.ShouldBe(HttpStatusCode.OK);
        await SignInAgainAsync(ada, "rita");

        using var answer = await ada.GetAsync("/_/slack/link/confirm", Stop);

        answer.Headers.Location!.OriginalString.ShouldBe("/_/slack/failed?why=OtherSession");
    }

    [Fact]
    public async Task Signing_out_everywhere_ends_the_links_and_a_person_ends_only_his_own()
    {
        await slack.LinkAsync("rita");
        var rita = new GitHubUserId(house.Rita.Id);
        var link = await house.ReadAsync(db => db.SlackLinks.SingleAsync(row => row.UserId == rita));
        using var ada = await house.SignInAsync("ada");
        using var notHis = await ada.PostFormAsync("/_/slack/unlink", ("id", $"{link.Id}"));
        (await house.ReadAsync(db => db.SlackLinks.CountAsync(row => row.UserId == rita))).ShouldBe(1);
        using var browser = await house.SignInAsync("rita");

        using var everywhere = await browser.PostFormAsync("/_/settings?handler=SignOutEverywhere");

        (await house.ReadAsync(db => db.SlackLinks.CountAsync(row => row.UserId == rita))).ShouldBe(0);
    }

    private Task<int> LinksAsync() => house.ReadAsync(db => db.SlackLinks.CountAsync());

    private static string StateOf(Uri address) => address.Query.TrimStart('?').Split('&').Single(field => field.StartsWith("state=", StringComparison.Ordinal));

    private static async Task SignInAgainAsync(HttpClient browser, string login)
    {
        var back = await SlackDriver.ConsentAsync(browser, "/_/sign-in", ("login", login));
        using var home = await browser.GetAsync(back, Stop);
        home.StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }
}

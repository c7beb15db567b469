using System.Net;
using AngleSharp.Html.Dom;
using Deliverybot.Sandbox.Slack;
using Deliverybot.Tests.Harness;
using Deliverybot.Tests.Site;
using Microsoft.AspNetCore.WebUtilities;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.Surfaces.Slack;

/// <summary>What people do in the house's Slack, and in the browser to get there.</summary>
internal sealed class SlackDriver(House house)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public SlackTown Town => house.GitHub.Slack;

    public SlackRoom Room => Town.Rooms[0];

    /// <summary>Adds the app to the workspace, as whoever is signed in.</summary>
    public static async Task AddAppAsync(HttpClient browser)
    {
        var back = await ConsentAsync(browser, "/_/slack/install", ("answer", "allow"));
        using var added = await browser.GetAsync(back, Stop);
        added.Headers.Location!.OriginalString.ShouldBe("/_/slack/link");
    }

    /// <summary>Goes all the way of linking, and answers the page that the last step leads to.</summary>
    public async Task<string> LinkAsync(HttpClient browser, string login, string member)
    {
        using var confirm = await SignInAsync(browser, member);
        return await ConfirmAsync(browser, confirm, login);
    }

    /// <summary>Signs somebody in who then links himself.</summary>
    public async Task LinkAsync(string login)
    {
        using var browser = await house.SignInAsync(login);
        await AddAppAsync(browser);
        (await LinkAsync(browser, login, login)).ShouldBe("/_/settings");
    }

    /// <summary>Signs in with Slack, up to the page that asks.</summary>
    public async Task<HttpResponseMessage> SignInAsync(HttpClient browser, string member)
    {
        var back = await ConsentAsync(browser, "/_/slack/link", ("member", Town.Member(member).Id));
        using var signedIn = await browser.GetAsync(back, Stop);
        return await browser.GetAsync(signedIn.Headers.Location, Stop);
    }

    /// <summary>Says yes on that page, and agrees at GitHub.</summary>
    public static async Task<string> ConfirmAsync(HttpClient browser, HttpResponseMessage confirm, string login)
    {
        confirm.StatusCode.ShouldBe(HttpStatusCode.OK, $"{confirm.Headers.Location}");
        var page = await confirm.ReadPageAsync();
        using var away = await browser.SubmitAsync((IHtmlFormElement)page.QuerySelector("form[action='/_/slack/link']")!);
        var back = await AgreeAsync(browser, away.Headers.Location!, ("login", login));
        using var linked = await browser.GetAsync(back, Stop);
        return linked.Headers.Location!.OriginalString;
    }

    /// <summary>Goes from a page of ours to somebody else's, which asks, and agrees there.</summary>
    /// <returns>The address that the browser is sent back to.</returns>
    public static async Task<Uri> ConsentAsync(HttpClient browser, string path, (string Name, string Value) answer)
    {
        using var away = await browser.GetAsync(path, Stop);
        away.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        return await AgreeAsync(browser, away.Headers.Location!, answer);
    }

    public Task<SlackConversation> SayAsync(string member, string text) => Town.SayAsync(Town.Member(member), Room, text, Stop);

    /// <summary>Gives a command and awaits what comes after the acknowledgement.</summary>
    public async Task<SlackMessage> AskAsync(string member, string text)
    {
        var said = await SayAsync(member, text);
        await AwaitAsync(said, messages => messages.Count > 1);
        return said.Messages[^1];
    }

    public Task AwaitAsync(SlackConversation said, Func<IReadOnlyList<SlackMessage>, bool> isTrue) => house.EventuallyAsync(
        () => Task.FromResult(isTrue(said.Messages)), $"{said.Command} is answered; so far: {string.Join(" | ", said.Messages.Select(message => message.Text))}");

    private static async Task<Uri> AgreeAsync(HttpClient browser, Uri page, (string Name, string Value) answer)
    {
        var fields = QueryHelpers.ParseQuery(page.Query).ToDictionary(field => field.Key, field => field.Value.ToString());
        fields[answer.Name] = answer.Value;
        using var form = new FormUrlEncodedContent(fields);
        using var back = await browser.PostAsync(new Uri(page, page.AbsolutePath), form, Stop);
        back.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        return back.Headers.Location!;
    }
}

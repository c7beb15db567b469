using System.Net;
using AngleSharp.Html.Dom;
using Deliverybot.Tests.Harness;
using Deliverybot.Tests.Jobs;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Time.Testing;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Site;

/// <summary>Whoever was signed out while a form was open finds its text again, and nothing is done by that.</summary>
public sealed class KeptFormsTests(TestPostgreSql postgreSql) : IAsyncLifetime
{
    private const string DeployFile =
        """
        production:
          auto_deploy_on: refs/heads/main
        """;

    private readonly FakeTimeProvider clock = new(TimeProvider.System.GetUtcNow());
    private House house = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        house = new House(postgreSql) { Clock = clock };
        return house.InitializeAsync();
    }

    public ValueTask DisposeAsync() => house.DisposeAsync();

    [Fact]
    public async Task A_form_that_was_open_when_the_session_ended_has_its_text_after_the_sign_in_and_nothing_was_done()
    {
        var acts = new ActDriver(house, DeployFile);
        await acts.GoLiveAsync("Sell tea");
        using var ada = await house.SignInAsync("ada");
        var form = await FormAsync(ada, acts);
        clock.Advance(TimeSpan.FromHours(25));

        using var sent = await ada.SubmitAsync(form);
        sent.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        using var back = await SignInAsync(ada, sent.Headers.Location!, "ada");
        back.Headers.Location!.OriginalString.ShouldBe($"/{acts.Name}/lock");
        var page = await ada.OpenAsync($"/{acts.Name}/lock");

        page.QuerySelector("[role=alert]")!.TextContent.ShouldContain("Nothing was done.");
        ((IHtmlInputElement)page.QuerySelector("input[name=reason]")!).Value.ShouldBe("Stock-taking <b>");
        (await acts.LocksAsync()).ShouldBeEmpty();

        using var again = await ada.SubmitAsync((IHtmlFormElement)page.QuerySelector($"form[action='/{acts.Name}/lock']")!);
        again.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        again.Headers.Location!.OriginalString.ShouldStartWith($"/{acts.Name}/environments#");
        (await acts.LocksAsync()).ShouldHaveSingleItem().Reason.ShouldBe("Stock-taking <b>");
        using var once = await ada.GetAsync($"/{acts.Name}/lock", Stop);
        once.StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task With_scripts_the_page_leads_to_the_sign_in_and_the_answer_to_a_question_is_kept_as_well()
    {
        var acts = new ActDriver(house, DeployFile);
        var first = await acts.GoLiveAsync("Sell tea");
        var second = await acts.GoLiveAsync("Sell coffee");
        using var ada = await house.SignInAsync("ada");
        using var asked = await ada.PostFormAsync($"/{acts.Name}/rollback", ("target", "production"), ("ask", "true"));
        var form = (IHtmlFormElement)(await asked.ReadPageAsync()).QuerySelector("form.act-confirm")!;
        ((IHtmlInputElement)form.QuerySelector("input[name=reason]")!).Value = "Заказы теряются";
        clock.Advance(TimeSpan.FromHours(25));

        ada.DefaultRequestHeaders.Add("HX-Request", "true");
        using var sent = await ada.SubmitAsync(form);
        ada.DefaultRequestHeaders.Remove("HX-Request");
        sent.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        using var back = await SignInAsync(ada, new Uri(sent.Headers.GetValues("HX-Redirect").Single(), UriKind.Relative), "ada");
        var page = await ada.OpenAsync(back.Headers.Location!.OriginalString);

        page.QuerySelector("main")!.TextContent.ShouldContain("production");
        ((IHtmlInputElement)page.QuerySelector("input[name=reason]")!).Value.ShouldBe("Заказы теряются");
        page.QuerySelector("input[name=to]")!.GetAttribute("value").ShouldBe(first);
        acts.Shop.Deployed[^1].ShouldBe(second);

        // It is asked about anew: a day has gone.
        using var again = await ada.SubmitAsync((IHtmlFormElement)page.QuerySelector($"form[action='/{acts.Name}/rollback']")!);
        (await again.ReadPageAsync()).QuerySelector("form.act-confirm")!.TextContent.ShouldContain($"production goes back to {first[..7]}.");
        acts.Shop.Deployed[^1].ShouldBe(second);
    }

    [Fact]
    public async Task A_token_that_GitHub_ended_loses_no_text_either()
    {
        var acts = new ActDriver(house, DeployFile);
        await acts.GoLiveAsync("Sell tea");
        using var ada = await house.SignInAsync("ada");
        var form = await FormAsync(ada, acts);
        clock.Advance(TimeSpan.FromHours(9));
        house.World.Tokens.RevokeAllOf(house.Ada);

        using var sent = await ada.SubmitAsync(form);
        using var back = await PassGitHubAsync(ada, sent.Headers.Location!, "ada");
        var page = await ada.OpenAsync(back.Headers.Location!.OriginalString);

        page.QuerySelector("[role=alert]")!.TextContent.ShouldContain("Nothing was done.");
        ((IHtmlInputElement)page.QuerySelector("input[name=reason]")!).Value.ShouldBe("Stock-taking <b>");
        (await acts.LocksAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Nobody_else_who_signs_in_finds_it_and_it_is_gone_then()
    {
        var acts = new ActDriver(house, DeployFile);
        await acts.GoLiveAsync("Sell tea");
        using var ada = await house.SignInAsync("ada");
        var form = await FormAsync(ada, acts);
        clock.Advance(TimeSpan.FromHours(25));

        using var sent = await ada.SubmitAsync(form);
        using var back = await SignInAsync(ada, sent.Headers.Location!, "olive");
        using var shown = await ada.GetAsync(back.Headers.Location, Stop);

        shown.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        shown.Headers.Location!.OriginalString.ShouldBe($"/{acts.Name}");
        shown.Headers.GetValues("Set-Cookie").ShouldContain(set => set.StartsWith("deliverybot-form=;", StringComparison.Ordinal));
        (await acts.LocksAsync()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("__RequestVerificationToken", "forged")]
    [InlineData("user", "1")]
    public async Task What_no_page_of_ours_made_for_that_person_is_not_kept(string field, string value)
    {
        var acts = new ActDriver(house, DeployFile);
        await acts.GoLiveAsync("Sell tea");
        using var ada = await house.SignInAsync("ada");
        var form = await FormAsync(ada, acts);
        ((IHtmlInputElement)form.QuerySelector($"input[name={field}]")!).Value = value;
        clock.Advance(TimeSpan.FromHours(25));

        using var sent = await ada.SubmitAsync(form);

        sent.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        sent.Headers.Contains("Set-Cookie").ShouldBeFalse();
        sent.Headers.Location!.OriginalString.ShouldEndWith(Uri.EscapeDataString($"/{acts.Name}"));
    }

    [Theory]
    [InlineData("same-origin", true)]
    [InlineData("cross-site", false)]
    [InlineData("same-site", false)]
    public async Task Where_all_cookies_are_gone_a_form_of_our_own_page_is_kept_all_the_same(string sender, bool isKept)
    {
        var acts = new ActDriver(house, DeployFile);
        await acts.GoLiveAsync("Sell tea");
        using var ada = await house.SignInAsync("ada");
        var form = await FormAsync(ada, acts);
        using var emptied = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = house.SiteUrl };
        emptied.DefaultRequestHeaders.Add("Sec-Fetch-Site", sender);

        using var sent = await emptied.SubmitAsync(form);
        using var back = await SignInAsync(emptied, sent.Headers.Location!, "ada");

        back.Headers.Location!.OriginalString.ShouldBe(isKept ? $"/{acts.Name}/lock" : $"/{acts.Name}");
        if (isKept)
        {
            var page = await emptied.OpenAsync($"/{acts.Name}/lock");
            page.QuerySelector("[role=alert]")!.TextContent.ShouldContain("Nothing was done.");
            ((IHtmlInputElement)page.QuerySelector("input[name=reason]")!).Value.ShouldBe("Stock-taking <b>");
        }

        (await acts.LocksAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task It_is_kept_out_of_reach_of_scripts_for_ten_minutes_and_what_is_too_long_is_said_to_be_lost()
    {
        var acts = new ActDriver(house, DeployFile);
        await acts.GoLiveAsync("Sell tea");
        using var ada = await house.SignInAsync("ada");
        var form = await FormAsync(ada, acts);
        ((IHtmlInputElement)form.QuerySelector("input[name=reason]")!).Value = new string('a', 5_000);
        clock.Advance(TimeSpan.FromHours(25));

        using var sent = await ada.SubmitAsync(form);
        using var back = await SignInAsync(ada, sent.Headers.Location!, "ada");
        var page = await ada.OpenAsync(back.Headers.Location!.OriginalString);

        var cookie = sent.Headers.GetValues("Set-Cookie").ShouldHaveSingleItem();
        cookie.ShouldStartWith("deliverybot-form=");
        cookie.ShouldContain("httponly");
        cookie.ShouldContain("samesite=lax");
        cookie.ShouldContain("max-age=600");
        cookie.Length.ShouldBeLessThan(4_000);
        page.QuerySelector("[role=alert]")!.TextContent.ShouldContain("too long to be kept");
        page.QuerySelector("main form").ShouldBeNull();
    }

    private static async Task<IHtmlFormElement> FormAsync(HttpClient visitor, ActDriver acts)
    {
        var page = await visitor.OpenAsync($"/{acts.Name}/environments?handler=Form&act=lock&environment=production");
        var form = (IHtmlFormElement)page.QuerySelector($"form[action='/{acts.Name}/lock']")!;
        ((IHtmlInputElement)form.QuerySelector("input[name=reason]")!).Value = "Stock-taking <b>";
        return form;
    }

    private static async Task<HttpResponseMessage> SignInAsync(HttpClient visitor, Uri signIn, string login)
    {
        using var start = await visitor.GetAsync(signIn, Stop);
        return await PassGitHubAsync(visitor, start.Headers.Location!, login);
    }

    private static async Task<HttpResponseMessage> PassGitHubAsync(HttpClient visitor, Uri authorize, string login)
    {
        authorize.AbsolutePath.ShouldBe("/login/oauth/authorize");
        var fields = QueryHelpers.ParseQuery(authorize.Query).ToDictionary(field => field.Key, field => field.Value.ToString());
        fields["login"] = login;
        using var form = new FormUrlEncodedContent(fields);
        using var agreed = await visitor.PostAsync(new Uri(authorize, authorize.AbsolutePath), form, Stop);
        return await visitor.GetAsync(agreed.Headers.Location, Stop);
    }
}

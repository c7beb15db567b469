using System.Globalization;
using System.Net;
using Deliverybot.Tests.Harness;
using Microsoft.AspNetCore.WebUtilities;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Site;

public sealed class SignInTests(House house) : IClassFixture<House>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sign_in_goes_to_GitHub_with_state_and_a_code_challenge()
    {
        using var answer = await house.Site.GetAsync("/_/sign-in", Stop);

        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        answer.Headers.Location!.AbsolutePath.ShouldBe("/login/oauth/authorize");
        var query = QueryHelpers.ParseQuery(answer.Headers.Location.Query);
        query["state"].ToString().ShouldNotBeEmpty();
        query["code_challenge_method"].ToString().ShouldBe("S256");
        query["redirect_uri"].ToString().ShouldBe(new Uri(house.SiteUrl, "/_/sign-in/github").AbsoluteUri);
    }

    [Theory]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("https://evil.example/")]
    [InlineData("javascript:alert(1)")]
    [InlineData("~/x")]
    public async Task A_return_address_elsewhere_leads_home(string returnUrl)
    {
        using var visitor = await house.SignInAsync("ada");

        using var atGitHub = await visitor.GetAsync($"/_/sign-in?returnUrl={Uri.EscapeDataString(returnUrl)}", Stop);
        var landing = await FollowGitHubAsync(visitor, atGitHub.Headers.Location!);

        landing.ShouldBe("/");
    }

    [Fact]
    public async Task A_return_address_may_be_called_anything()
    {
        using var visitor = await house.SignInAsync("ada");

        using var atGitHub = await visitor.GetAsync($"/_/sign-in?returnUrl={Uri.EscapeDataString("/ü?find=🚀")}", Stop);
        var landing = await FollowGitHubAsync(visitor, atGitHub.Headers.Location!);

        landing.ShouldBe("/%C3%BC?find=%F0%9F%9A%80");
    }

    [Fact]
    public async Task A_signed_out_visitor_comes_back_to_the_page()
    {
        using var answer = await house.Site.GetAsync("/acme/shop/deployments?before=7", Stop);

        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        answer.Headers.Location!.OriginalString.ShouldEndWith($"/_/sign-in?returnUrl={Uri.EscapeDataString("/acme/shop/deployments?before=7")}");
    }

    [Fact]
    public async Task A_callback_without_our_state_signs_nobody_in()
    {
        using var answer = await house.Site.GetAsync("/_/sign-in/github?code=abc&state=forged", Stop);

        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        answer.Headers.Location!.OriginalString.ShouldBe("/_/sign-in/failed");
    }

    [Fact]
    public async Task Sign_out_needs_a_form_of_ours_and_revokes_the_token()
    {
        using var ada = await house.SignInAsync("ada");

        using var forged = await ada.PostAsync("/_/sign-out", new FormUrlEncodedContent([]), Stop);
        using var meant = await ada.PostFormAsync("/_/sign-out");
        using var afterwards = await ada.GetAsync("/_/settings", Stop);

        forged.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        meant.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        afterwards.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        house.GitHub.Requests.All.ShouldContain(request => request.Method == "DELETE" && request.Path.StartsWith("/api/v3/applications/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Signing_out_everywhere_ends_the_other_browsers_too()
    {
        using var atWork = await house.SignInAsync("olive");
        using var atHome = await house.SignInAsync("olive");

        using var answer = await atWork.PostFormAsync("/_/settings?handler=SignOutEverywhere");
        using var afterwards = await atHome.GetAsync("/_/settings", Stop);
        using var again = await house.SignInAsync("olive");
        using var anew = await again.GetAsync("/_/settings", Stop);

        answer.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        afterwards.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        anew.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_session_ends_24_hours_after_sign_in()
    {
        using var ada = await house.SignInAsync("ada");

        var page = await ada.OpenAsync("/_/settings");

        var times = page.QuerySelectorAll("main time").Select(time => DateTimeOffset.Parse(time.GetAttribute("datetime")!, CultureInfo.InvariantCulture)).ToList();
        (times[1] - times[0]).ShouldBe(TimeSpan.FromHours(24));
    }

    [Fact]
    public async Task The_token_is_in_no_page()
    {
        using var ada = await house.SignInAsync("ada");

        var page = await ada.OpenAsync("/_/settings");

        page.DocumentElement.OuterHtml.ShouldNotContain("ghu_");
    }

    private static async Task<string> FollowGitHubAsync(HttpClient visitor, Uri authorize)
    {
        var fields = QueryHelpers.ParseQuery(authorize.Query).ToDictionary(field => field.Key, field => field.Value.ToString());
        fields["login"] = "ada";
        using var form = new FormUrlEncodedContent(fields);
        using var back = await visitor.PostAsync(new Uri(authorize, authorize.AbsolutePath), form, Stop);
        using var landing = await visitor.GetAsync(back.Headers.Location, Stop);
        return landing.Headers.Location!.OriginalString;
    }
}

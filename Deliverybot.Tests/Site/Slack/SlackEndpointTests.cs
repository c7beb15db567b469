using System.Net;
using System.Text.Json.Nodes;
using Deliverybot.Site;
using Deliverybot.Tests.Harness;
using Deliverybot.Tests.Jobs.Surfaces.Slack;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Site.Slack;

public sealed class SlackEndpointTests(House house) : IClassFixture<House>
{
    private readonly SlackDriver slack = new(house);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string Body(string text = "help", string? team = null) =>
        slack.Town.CommandBody(slack.Town.Member("ada"), slack.Room, text, slack.Town.Begin(slack.Town.Member("ada"), slack.Room, text).ResponseUrl, team);

    [Fact]
    public async Task A_signed_command_is_answered_to_its_caller_alone()
    {
        using var answer = await SendAsync(slack.Town.Sign(Body()));

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
        var message = JsonNode.Parse(await answer.Content.ReadAsStringAsync(Stop))!;
        ((string?)message["response_type"]).ShouldBe("ephemeral");
        ((string?)message["text"]).ShouldNotBeNull().ShouldContain("deploy [owner/repo][@ref] target [force]");
    }

    [Fact]
    public async Task A_wrong_signature_is_401()
    {
        using var forged = await SendAsync(slack.Town.Sign(Body(), secret: "not the secret"));
        var changed = slack.Town.Sign(Body());
        changed.Content = new StringContent(Body("login"), System.Text.Encoding.UTF8, "application/x-www-form-urlencoded");
        using var tampered = await SendAsync(changed);
        var unsigned = slack.Town.Sign(Body());
        unsigned.Headers.Remove("X-Slack-Signature");
        using var missing = await SendAsync(unsigned);

        forged.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        tampered.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        missing.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData(-301, HttpStatusCode.Unauthorized)]
    // Slack's time is in whole seconds, and a busy machine takes some until it reads it.
    [InlineData(330, HttpStatusCode.Unauthorized)]
    [InlineData(-270, HttpStatusCode.OK)]
    public async Task A_command_counts_for_five_minutes(int secondsAway, HttpStatusCode expected)
    {
        using var answer = await SendAsync(slack.Town.Sign(Body(), at: TimeProvider.System.GetUtcNow().AddSeconds(secondsAway)));

        answer.StatusCode.ShouldBe(expected);
    }

    [Theory]
    [InlineData("yesterday")]
    [InlineData("99999999999999")]
    [InlineData("-1")]
    public async Task A_time_that_is_none_is_401(string time)
    {
        var request = slack.Town.Sign(Body());
        request.Headers.Remove("X-Slack-Request-Timestamp");
        request.Headers.TryAddWithoutValidation("X-Slack-Request-Timestamp", time);

        using var answer = await SendAsync(request);

        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task The_same_request_counts_once()
    {
        var body = Body();
        var at = TimeProvider.System.GetUtcNow();

        using var first = await SendAsync(slack.Town.Sign(body, at));
        using var replayed = await SendAsync(slack.Town.Sign(body, at));

        first.StatusCode.ShouldBe(HttpStatusCode.OK);
        replayed.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_workspace_that_has_not_added_the_app_is_told_how()
    {
        using var answer = await SendAsync(slack.Town.Sign(Body("deploy production", team: "T0OTHER")));

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await answer.Content.ReadAsStringAsync(Stop)).ShouldContain("/_/slack/install");
    }

    [Fact]
    public async Task A_link_counts_in_its_own_workspace_only()
    {
        await slack.LinkAsync("ada");
        await house.ReadAsync(db => db.Database.ExecuteSqlAsync(
            $"insert into slack_workspaces (team_id, name, installed_at) values ('T0TWIN', 'Twin', now()) on conflict do nothing", Stop));

        using var answer = await SendAsync(slack.Town.Sign(Body("logout", team: "T0TWIN")));

        (await answer.Content.ReadAsStringAsync(Stop)).ShouldContain("You aren't linked to a GitHub account yet".Replace("'", "\\u0027", StringComparison.Ordinal));
        (await house.ReadAsync(db => db.SlackLinks.CountAsync(Stop))).ShouldBe(1);
    }

    [Fact]
    public async Task Answers_go_to_Slack_and_nowhere_else()
    {
        await slack.LinkAsync("ada");
        var body = slack.Town.CommandBody(slack.Town.Member("ada"), slack.Room, "status acme/shop", new Uri("http://127.0.0.1:1/steal"));

        using var answer = await SendAsync(slack.Town.Sign(body));

        (await answer.Content.ReadAsStringAsync(Stop)).ShouldContain("Slack:Url");
        (await house.ReadAsync(db => db.SlackRequests.AnyAsync(row => row.Text == "status acme/shop", Stop))).ShouldBeFalse();
    }

    [Fact]
    public async Task Slacks_own_checks_are_answered()
    {
        using var ssl = await house.Site.PostAsync("/_/slack/commands", new FormUrlEncodedContent([KeyValuePair.Create("ssl_check", "1")]), Stop);
        using var url = await SendAsync(slack.Town.Sign("""{"type":"url_verification","challenge":"3eZbrw1a"}""", contentType: "application/json"));

        ssl.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await url.Content.ReadAsStringAsync(Stop)).ShouldBe("3eZbrw1a");
    }

    [Theory]
    [InlineData("nothing", "application/json")]
    [InlineData("""{"type":"nothing"}""", "application/json")]
    [InlineData("command=%2Fdeliverybot", "application/x-www-form-urlencoded")]
    public async Task What_is_signed_and_still_no_command_is_400(string body, string contentType)
    {
        using var answer = await SendAsync(slack.Town.Sign(body, contentType: contentType));

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData(1100)]
    [InlineData(20_000)]
    public async Task A_form_with_more_fields_than_any_is_401_unsigned_and_400_signed(int fields)
    {
        var body = "ssl_check=1&" + string.Join('&', Enumerable.Range(0, fields).Select(at => $"f{at}="));
        var unsigned = slack.Town.Sign(body);
        unsigned.Headers.Remove("X-Slack-Signature");

        using var foreign = await SendAsync(unsigned);
        using var signed = await SendAsync(slack.Town.Sign(body));

        foreign.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        signed.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("command=%FF%FE%zz&team_id=%00")]
    [InlineData("command=%2Fdeliverybot&text=%00&team_id=T%00&channel_id=C&user_id=U&response_url=http://127.0.0.1/a")]
    [InlineData("&&&===%")]
    public async Task Rubbish_is_401_unsigned_and_no_fault_of_ours_signed(string body)
    {
        var unsigned = slack.Town.Sign(body);
        unsigned.Headers.Remove("X-Slack-Signature");

        using var foreign = await SendAsync(unsigned);
        using var signed = await SendAsync(slack.Town.Sign(body));

        foreign.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        ((int)signed.StatusCode).ShouldBeLessThan(500);
    }

    [Fact]
    public async Task More_than_Slack_sends_is_413()
    {
        using var answer = await SendAsync(slack.Town.Sign(new string('x', 300_000)));

        answer.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task Without_settings_Slack_is_off()
    {
        await using var site = SiteApplication.Build(SiteArguments.With($"--ConnectionStrings:Deliverybot={house.Database.ConnectionString}"));

        ((IEndpointRouteBuilder)site).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Where(route => route.Metadata.GetMetadata<Microsoft.AspNetCore.Mvc.RazorPages.PageActionDescriptor>() is null)
            .Select(route => route.RoutePattern.RawText)
            .ShouldNotContain(route => route!.Contains("slack", StringComparison.Ordinal));
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request)
    {
        using (request)
        {
            return await house.Site.SendAsync(request, Stop);
        }
    }
}

using System.Net;
using Deliverybot.Sandbox;
using Deliverybot.Sandbox.Page;
using Deliverybot.Sandbox.World;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.TryOut;

public sealed class StandInPagesTests : IAsyncLifetime
{
    private readonly StandIn gitHub = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private SandboxServer Server => gitHub.Server;

    private Repository Shop => gitHub.Repository("acme/shop");

    public ValueTask InitializeAsync() => gitHub.StartAsync();

    public ValueTask DisposeAsync() => gitHub.DisposeAsync();

    [Fact]
    public async Task The_root_leads_to_a_repository_that_shows_branches_checks_and_deployments()
    {
        using var root = await gitHub.Http.GetAsync("/", Stop);
        root.StatusCode.ShouldBe(HttpStatusCode.Found);
        root.Headers.Location!.ToString().ShouldBe("/acme/shop");

        var page = await gitHub.PageAsync("/acme/shop");

        page.QuerySelector("h1")!.TextContent.ShouldBe("acme/shop");
        page.QuerySelectorAll(".commits .headline").Length.ShouldBeGreaterThan(3);
        page.QuerySelectorAll(".commits .mark-of.success").ShouldNotBeEmpty();
        page.QuerySelectorAll("[data-live=deployments] li").ShouldNotBeEmpty();
    }

    [Fact]
    public async Task A_push_from_the_page_moves_the_branch_and_is_shown()
    {
        using var answer = await gitHub.PostAsync("/_/push", ("repository", "acme/shop"), ("branch", "main"), ("message", "Sell <b>books</b>"), ("login", "ada"));

        answer.StatusCode.ShouldBe(HttpStatusCode.Found);
        Shop.Resolve("main")!.Headline.ShouldBe("Sell <b>books</b>");
        (await gitHub.PageAsync("/acme/shop")).QuerySelector(".commits .headline")!.TextContent.ShouldBe("Sell <b>books</b>");
    }

    [Fact]
    public async Task A_person_who_may_only_read_cannot_push()
    {
        var before = Shop.Head;

        using var answer = await gitHub.PostAsync("/_/push", ("repository", "acme/shop"), ("branch", "main"), ("message", "No"), ("login", "rita"));

        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        Shop.Head.ShouldBe(before);
    }

    [Fact]
    public async Task A_form_that_another_site_sends_is_refused()
    {
        using var request = StandIn.Form("/_/push", ("repository", "acme/shop"), ("branch", "main"), ("message", "No"), ("login", "ada"));
        request.Headers.Add("Origin", "https://elsewhere.example");

        using var answer = await gitHub.Http.SendAsync(request, Stop);

        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_check_is_finished_as_chosen()
    {
        var run = Server.World.StartCheck(Shop, Shop.Head, "slow");

        using var answer = await gitHub.PostAsync("/_/check", ("repository", "acme/shop"), ("run", $"{run.Id}"), ("conclusion", "neutral"));

        answer.StatusCode.ShouldBe(HttpStatusCode.Found);
        run.Conclusion.ShouldBe("neutral");
    }

    [Fact]
    public async Task A_pull_request_is_opened_discussed_and_merged()
    {
        using var pushed = await gitHub.PostAsync("/_/push", ("repository", "acme/shop"), ("branch", "gifts"), ("message", "Wrap gifts"), ("login", "ada"));
        using var opened = await gitHub.PostAsync("/_/pull-request", ("repository", "acme/shop"), ("branch", "gifts"), ("title", "Wrap gifts"), ("login", "ada"));
        var pull = Shop.PullRequests[^1];
        var number = $"{pull.Number}";

        using var comment = await gitHub.PostAsync("/_/pull-request/comment", ("repository", "acme/shop"), ("number", number), ("body", "/deploy production"), ("login", "rita"));
        using var merged = await gitHub.PostAsync("/_/pull-request/state", ("repository", "acme/shop"), ("number", number), ("act", "merge"), ("login", "ada"));

        merged.StatusCode.ShouldBe(HttpStatusCode.Found);
        pull.MergedAt.ShouldNotBeNull();
        (await gitHub.PageAsync("/acme/shop")).QuerySelector($"#pull-{number} .said")!.TextContent.Trim().ShouldBe("/deploy production");
    }

    [Fact]
    public void A_comment_is_shown_as_GitHub_shows_it_and_runs_nothing()
    {
        var html = CommentMarkdown.ToHtml("✅ **`1a2b3c4`** <img src=x onerror=alert(1)> [x](javascript:alert(1))\n\n| a | b |\n| --- | --- |\n| c<br>d | e |\n\n<script>alert(1)</script>\n\n<!-- deliverybot:answer:1 -->");

        html.ShouldContain("<strong><code>1a2b3c4</code></strong>");
        html.ShouldContain("<td>c<br>d</td>");
        html.ShouldNotContain("<img");
        html.ShouldNotContain("script");
        html.ShouldNotContain("<!--");
    }

    [Fact]
    public async Task A_delivery_is_sent_again()
    {
        var delivery = Server.World.Webhooks.Deliveries[0];

        using var answer = await gitHub.PostAsync("/_/redeliver", ("delivery", $"{delivery.Id}"));

        answer.StatusCode.ShouldBe(HttpStatusCode.Found);
        Server.World.Webhooks.Deliveries[^1].Guid.ShouldBe(delivery.Guid);
        (await gitHub.PageAsync("/_/deliveries")).QuerySelectorAll(".delivery").Length.ShouldBe(Server.World.Webhooks.Deliveries.Count);
    }

    [Fact]
    public async Task A_command_is_typed_into_Slack_and_its_answer_shown_as_Slack_shows_it()
    {
        await using var app = await SlackAppAsync("""
            {"response_type":"in_channel","text":"x","blocks":[
              {"type":"section","text":{"type":"mrkdwn","text":":rocket: *Going* to `prod&lt;uction` <https://a.example/?b&amp;c|there> <!channel>"}},
              {"type":"section","text":{"type":"plain_text","text":"*plain* &lt;b&gt;"}}]}
            """);

        using var answer = await gitHub.PostAsync("/_/slack/say", ("member", "ada"), ("room", "deploys"), ("text", "/deliverybot deploy production"));

        answer.StatusCode.ShouldBe(HttpStatusCode.Found);
        Server.Slack.Conversations.ShouldHaveSingleItem().Command.ShouldBe("/deliverybot deploy production");
        var page = await gitHub.PageAsync("/_/slack");
        var said = page.QuerySelectorAll(".said-in .said");
        said[0].InnerHtml.ShouldBe("🚀 <strong>Going</strong> to <code>prod&lt;uction</code> <a href=\"https://a.example/?b&amp;c\">there</a> <mark>@channel</mark>");
        said[1].InnerHtml.ShouldBe("*plain* &lt;b&gt;");
    }

    [Fact]
    public async Task The_same_past_is_planted_at_each_start_and_ids_are_not_given_twice()
    {
        var firstStart = TimeProvider.System.GetUtcNow() - TimeSpan.FromHours(1);
        await using var one = await SandboxServer.StartAsync(new SandboxServerOptions { Seed = true, SeededAt = firstStart }, Stop);
        await using var other = await SandboxServer.StartAsync(new SandboxServerOptions { Seed = true, SeededAt = firstStart }, Stop);

        other.World.Repositories.Select(repository => (repository.Id, repository.Head))
            .ShouldBe(one.World.Repositories.Select(repository => (repository.Id, repository.Head)));
        var deployed = one.World.CreateDeployment(one.World.Repositories[0], "main", "production", one.World.FindAccount("ada")!);
        deployed.Id.ShouldBeGreaterThan((long)TimeSpan.FromHours(1).TotalMilliseconds);
    }

    private async Task<WebApplication> SlackAppAsync(string answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.MapPost("/commands", () => Results.Text(answer, "application/json"));
        await app.StartAsync(Stop);
        Server.Slack.RequestUrl = new Uri(new Uri(app.Urls.Single()), "/commands");
        return app;
    }
}

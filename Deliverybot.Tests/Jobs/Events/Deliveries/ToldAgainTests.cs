using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Deliverybot.Jobs.Events.Deliveries;
using Deliverybot.Jobs.Upkeep;
using Deliverybot.Sandbox.Webhooks;
using Deliverybot.Sandbox.World;
using Deliverybot.Tests.Harness;
using Deliverybot.Tests.Jobs.Surfaces.PullRequests;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.Events.Deliveries;

/// <summary>What is signed counts once: whoever has seen a delivery can send it again under another GUID, but can't change a byte of it.</summary>
public sealed class ToldAgainTests(House house) : IClassFixture<House>
{
    private const string TwoBranches = "production:\n  auto_deploy_on: [refs/heads/main, refs/heads/hotfix]\n";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_push_told_again_sends_no_old_commit_over_another_branchs_newer_one(bool inOtherBytes)
    {
        var shop = new RepositoryDriver(house, TwoBranches);
        var old = shop.Push("Old");
        await shop.SettleAsync();
        shop.Report(old, "success");
        var told = Last("push", shop);
        var newer = shop.Push("Newer", "hotfix");
        await shop.SettleAsync();
        shop.Report(newer, "success");
        await shop.SettleAsync();

        Tell(told, inOtherBytes);
        await shop.SettleAsync();

        shop.Deployed.ShouldBe([old, newer]);
        (await shop.RowsAsync()).Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_branch_that_was_set_back_does_not_go_forth_again_by_a_copy()
    {
        var shop = new RepositoryDriver(house, TwoBranches);
        var good = shop.Push("Good");
        await shop.SettleAsync();
        var bad = shop.Push("Bad");
        var told = Last("push", shop);
        await shop.SettleAsync();
        shop.World.SetBranch(shop.Repository, "main", good, house.Ada);
        await shop.SettleAsync();
        shop.Deployed.ShouldBe([good, bad, good]);

        house.World.Webhooks.SendCopy(told);
        await shop.SettleAsync();

        shop.Deployed.ShouldBe([good, bad, good]);
    }

    [Theory]
    [InlineData("/rollback production", false)]
    [InlineData("/rollback production", true)]
    [InlineData("/lock production", false)]
    public async Task A_command_told_again_is_carried_out_once(string command, bool inOtherBytes)
    {
        var talk = new ConversationDriver(house, "production: { environment: production }");
        await talk.SayAsync("/deploy production");
        await talk.ReportAsync("production", "success");
        house.World.Push(talk.Repository, "tea", house.Ada, "More");
        await talk.SayAsync("/deploy production");
        await talk.ReportAsync("production", "success");
        var told = Of(await talk.SayAsync(command));
        await talk.SayAsync("/unlock production");
        var made = talk.Shop.Deployed.Count;
        var said = talk.Said.Count;

        Tell(told, inOtherBytes);
        await talk.Shop.SettleAsync();

        talk.Shop.Deployed.Count.ShouldBe(made);
        talk.Said.Count.ShouldBe(said);
        (await house.ReadAsync(db => db.Locks.CountAsync(held => held.RepositoryId == new Data.Names.RepositoryId(talk.Repository.Id)
            && held.Kind == Data.Locks.LockKind.Lock))).ShouldBe(0);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_deploy_told_again_deploys_once(bool inOtherBytes)
    {
        var talk = new ConversationDriver(house, "staging: { environment: staging }");
        var told = Of(await talk.SayAsync("/deploy staging"));
        await talk.ReportAsync("staging", "success");

        Tell(told, inOtherBytes);
        await talk.Shop.SettleAsync();

        talk.Shop.Deployed.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("release", "production:\n  auto_deploy_on: [release, refs/heads/hotfix]\n")]
    [InlineData("pull_request", "production:\n  auto_deploy_on: [pr, refs/heads/hotfix]\n")]
    public async Task Releases_and_pull_requests_told_again_send_nothing_over_a_newer_commit(string name, string deployFile)
    {
        var shop = new RepositoryDriver(house, deployFile);
        var old = shop.Push("Old", "tea");
        if (name == "release")
        {
            shop.World.CreateTag(shop.Repository, "v1", old, house.Ada);
            shop.World.PublishRelease(shop.Repository, "v1", house.Ada);
        }
        else
        {
            shop.World.OpenPullRequest(shop.Repository, "tea", house.Ada, "Tea");
        }

        var told = Last(name, shop);
        await shop.SettleAsync();
        shop.Report(old, "success");
        var newer = shop.Push("Newer", "hotfix");
        await shop.SettleAsync();
        shop.Report(newer, "success");
        await shop.SettleAsync();

        house.World.Webhooks.SendCopy(told);
        await shop.SettleAsync();

        shop.Deployed.ShouldBe([old, newer]);
    }

    [Theory]
    [InlineData("push", "repository", "pushed_at")]
    [InlineData("pull_request", "pull_request", "updated_at")]
    [InlineData("issue_comment", "comment", "created_at")]
    [InlineData("release", "release", "published_at")]
    [InlineData("deployment", "deployment", "created_at")]
    [InlineData("deployment_status", "deployment_status", "created_at")]
    public async Task What_GitHub_would_not_send_any_more_is_refused_and_what_it_may_still_send_is_not(string name, string part, string time)
    {
        var id = 8_000_000_000 + Random.Shared.NextInt64(1_000_000_000);

        (await PostAsync(name, Body(name, part, time, id, TimeSpan.FromDays(3) + TimeSpan.FromHours(6)))).ShouldBe(HttpStatusCode.Accepted);
        (await PostAsync(name, Body(name, part, time, id + 1, TimeSpan.FromDays(4)))).ShouldBe(HttpStatusCode.Gone);

        (await house.ReadAsync(db => db.WebhookDeliveries.CountAsync(row => row.RepositoryId == new Data.Names.RepositoryId(id), Stop))).ShouldBe(1);
        (await house.ReadAsync(db => db.WebhookDeliveries.CountAsync(row => row.RepositoryId == new Data.Names.RepositoryId(id + 1), Stop))).ShouldBe(0);
        house.Log.ShouldContain(line => line.Contains($"The {name} of delivery", StringComparison.Ordinal) && line.Contains("too old", StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_young_enough_to_be_taken_is_still_known() => ToldOnce.Oldest.ShouldBeLessThan(PurgeJob.KeepProcessed);

    private WebhookDelivery Last(string name, RepositoryDriver shop) =>
        house.World.Webhooks.Deliveries.Last(sent => sent.Event == name && sent.RepositoryId == shop.Repository.Id);

    private WebhookDelivery Of(IssueComment comment) => house.World.Webhooks.Deliveries.Last(sent => sent is { Event: "issue_comment", Action: "created" }
        && JsonNode.Parse(sent.Body.Span)!["comment"]!["id"]!.GetValue<long>() == comment.Id);

    private void Tell(WebhookDelivery told, bool inOtherBytes)
    {
        if (inOtherBytes)
        {
            house.World.Webhooks.SendLate(told);
        }
        else
        {
            house.World.Webhooks.SendCopy(told);
        }
    }

    /// <summary>Of an installation that nobody knows, so that nothing comes of it.</summary>
    private static string Body(string name, string part, string time, long repository, TimeSpan age)
    {
        var at = TimeProvider.System.GetUtcNow() - age;
        var body = new JsonObject
        {
            ["action"] = name switch { "release" => "published", "pull_request" => "opened", _ => "created" },
            ["installation"] = new JsonObject { ["id"] = 31_337 },
            ["repository"] = new JsonObject { ["id"] = repository, ["name"] = "shop", ["owner"] = new JsonObject { ["id"] = 1, ["login"] = "nobody" } },
            ["issue"] = new JsonObject { ["number"] = 1, ["pull_request"] = new JsonObject() },
        };
        if (body[part] is null)
        {
            body[part] = new JsonObject();
        }

        if (name == "issue_comment")
        {
            body["comment"]!["body"] = "/deploy production";
        }

        body[part]![time] = name == "push" ? at.ToUnixTimeSeconds() : at.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        return body.ToJsonString();
    }

    private async Task<HttpStatusCode> PostAsync(string name, string text)
    {
        var body = Encoding.UTF8.GetBytes(text);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/_/webhooks/github") { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add("X-GitHub-Event", name);
        request.Headers.Add("X-GitHub-Delivery", $"{Guid.NewGuid()}");
        var signature = HMACSHA256.HashData(Encoding.UTF8.GetBytes(house.GitHub.App.WebhookSecret), body);
        request.Headers.Add("X-Hub-Signature-256", $"sha256={Convert.ToHexStringLower(signature)}");
        using var answer = await house.Site.SendAsync(request, Stop);
        return answer.StatusCode;
    }
}

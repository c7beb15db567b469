using System.Net;
using System.Security.Cryptography;
using System.Text;
using Deliverybot.Data.Deploying;
using Deliverybot.Tests.Harness;
using Deliverybot.Tests.Jobs;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Site.Operations;

/// <summary>What is counted, and what is told of it.</summary>
[Collection(nameof(MeteredHouse))]
public sealed class ScrapeTests(MeteredHouse metered)
{
    private const string Checked = "production:\n  auto_deploy_on: refs/heads/main\n  required_contexts: [ci]\n";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private House House => metered.House;

    [Fact]
    public async Task Nobody_and_nothing_is_named()
    {
        var shop = new RepositoryDriver(House, Checked.Replace("production", "hidden-target", StringComparison.Ordinal));
        var sha = shop.Push("Sell tea", "main");
        await shop.SettledAsync(sha);
        await shop.PassAsync(sha, "ci");
        await shop.AwaitAsync("hidden-target", sha, DeploymentState.Pending);
        using var ada = await House.SignInAsync("ada");
        (await ada.GetAsync($"/{shop.Repository.FullName}/environments", Stop)).StatusCode.ShouldBe(HttpStatusCode.OK);

        var told = (await metered.ScrapeAsync()).Text;

        string[] names = ["acme", shop.Repository.Name, "hidden-target", sha, sha[..7], "ada", "rita", "refs/heads", "Sell tea", MeteredHouse.Token];
        foreach (var name in names)
        {
            told.ShouldNotMatch($@"(?<![a-zA-Z0-9]){name}(?![a-zA-Z0-9])");
        }

        told.ShouldContain("db_client_connection_pool_name=\"jobs\"");
    }

    [Fact]
    public async Task Webhooks_are_counted_by_event_and_outcome()
    {
        // What other tests have had sent is here by then.
        await new RepositoryDriver(House, Checked).SettleAsync();
        using var webhooks = new Measured(House, "deliverybot.webhooks");

        await PostAsync("status", """{"state":"pending"}""");
        await PostAsync("star", "{}");
        await PostAsync("push", "{}", isSigned: false);
        await PostAsync("made-up-by-somebody", "{}", isSigned: false);
        await PostAsync("push", "[]");
        await PostAsync("installation", "{\"action\":\"created\"}");

        webhooks.All.ShouldBe(["1 status stored", "1 other ignored", "1 push unsigned", "1 other unsigned", "1 push malformed", "1 installation stored"]);
    }

    [Fact]
    public async Task Verdicts_are_counted_up_to_the_one_that_stops()
    {
        var shop = new RepositoryDriver(House, Checked);
        await shop.SettleAsync();
        using var verdicts = new Measured(House, "deliverybot.gate.verdicts");
        var sha = shop.Push("Sell tea");

        await shop.AwaitAsync("production", sha, DeploymentState.Waiting, "Checks");
        await shop.SettleAsync();

        verdicts.All.ShouldBe(
        [
            "1 Permission pass", "1 Freshness pass", "1 Already there pass", "1 Lock pass", "1 Freeze pass",
            "1 Window pass", "1 After pass", "1 Soak pass", "1 Queue pass", "1 Checks wait",
        ]);
    }

    [Fact]
    public async Task The_way_to_GitHub_is_measured_from_the_webhook_that_let_it_go()
    {
        var shop = new RepositoryDriver(House, Checked);
        await shop.SettleAsync();
        using var delays = new Measured(House, "deliverybot.deployment.delay");
        var sha = shop.Push("Sell tea");
        await shop.AwaitAsync("production", sha, DeploymentState.Waiting, "Checks");
        await shop.SettleAsync();
        delays.All.ShouldBeEmpty();

        await shop.PassAsync(sha, "ci");
        await shop.AwaitAsync("production", sha, DeploymentState.Pending);
        await delays.FirstAsync();

        delays.All.ShouldHaveSingleItem().ShouldEndWith(" status");
    }

    [Fact]
    public async Task Open_pages_are_counted()
    {
        var repository = House.CreateRepository();
        using var ada = await House.SignInAsync("ada");
        using var pages = new Measured(House, "deliverybot.live_pages");
        pages.Observe().ShouldBe(["0"]);

        using (await ada.GetAsync($"/_/events/{repository.FullName}", HttpCompletionOption.ResponseHeadersRead, Stop))
        {
            pages.Observe().ShouldBe(["1"]);
        }
    }

    private async Task PostAsync(string name, string body, bool isSigned = true)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/_/webhooks/github") { Content = new ByteArrayContent(bytes) };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.Add("X-GitHub-Event", name);
        request.Headers.Add("X-GitHub-Delivery", Guid.NewGuid().ToString());
        var key = Encoding.UTF8.GetBytes(isSigned ? House.GitHub.App.WebhookSecret : "another");
        request.Headers.Add("X-Hub-Signature-256", $"sha256={Convert.ToHexStringLower(HMACSHA256.HashData(key, bytes))}");
        using var answer = await House.Site.SendAsync(request, Stop);
    }
}

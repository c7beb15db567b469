using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization.Metadata;
using CsCheck;
using Deliverybot.Data.Deploying;
using Deliverybot.Jobs.Events;
using Deliverybot.Jobs.Events.Deliveries;
using Deliverybot.Jobs.Events.Shapes;
using Deliverybot.Jobs.GitHub.Reading;
using Deliverybot.Sandbox.Webhooks;
using Deliverybot.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.Events.Deliveries.Rubbish;

/// <summary>Whatever stands in a field that we don't need, the event counts.</summary>
public sealed class RubbishTests(House house) : IClassFixture<House>
{
    private const string DeployFile =
        """
        production:
          auto_deploy_on: refs/heads/main
        preview:
          environment: preview
          auto_deploy_on: pr
        shop:
          environment: shop
          auto_deploy_on: release

        """;

    private static readonly Dictionary<string, Action<byte[]>> Readers = new()
    {
        ["push"] = With(EventJson.Default.PushEvent),
        ["pull_request"] = With(EventJson.Default.PullRequestEvent),
        ["release"] = With(EventJson.Default.ReleaseEvent),
        ["deployment"] = With(EventJson.Default.DeploymentEvent),
        ["deployment_status"] = With(EventJson.Default.DeploymentStatusEvent),
        ["status"] = With(EventJson.Default.StatusEvent),
        ["check_run"] = With(EventJson.Default.CheckRunEvent),
        ["check_suite"] = With(EventJson.Default.CheckSuiteEvent),
        ["issue_comment"] = With(EventJson.Default.IssueCommentEvent),
        ["repository"] = With(EventJson.Default.RepositoryEvent),
        ["installation"] = With(EventJson.Default.InstallationEvent),
        ["installation_repositories"] = With(EventJson.Default.InstallationRepositoriesEvent),
    };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_event_is_read_with_any_rubbish_in_any_field_that_is_not_needed()
    {
        var samples = await SamplesAsync();
        samples.Keys.Order().ShouldBe(NeededFields.Events.Order());
        foreach (var (name, body) in samples)
        {
            var needed = NeededFields.Of(name);
            foreach (var rubbish in RubbishValue.Names)
            {
                ShouldBeRead(name, RubbishValue.Everywhere(body, needed, rubbish));
            }

            Gen.Select(Gen.Int[0, RubbishValue.Names.Count - 1].Array[50], Gen.Int[1, 6], (rubbish, share) => (rubbish, share)).Sample(
                some =>
                {
                    var turn = 0;
                    ShouldBeRead(name, RubbishValue.Here(body, needed, _ => ++turn % some.share == 0
                        ? RubbishValue.Names[some.rubbish[turn % some.rubbish.Length]]
                        : null));
                },
                iter: 100);
        }
    }

    [Theory]
    [InlineData("push")]
    [InlineData("pull_request")]
    [InlineData("release")]
    public async Task The_deployment_comes_out_whatever_else_the_event_holds(string name)
    {
        house.World.Webhooks.Paused = false;
        var shop = new RepositoryDriver(house, DeployFile);
        await shop.SettleAsync();
        foreach (var (turn, rubbish) in RubbishValue.Names.Index())
        {
            var sent = await HeldBackAsync(name, () => Happen(shop, name, turn));
            var made = shop.Deployed.Count;

            (await PostAsync(sent.Event, RubbishValue.Everywhere(sent.Body.Span, NeededFields.Of(name), rubbish))).ShouldBe(HttpStatusCode.Accepted);

            await house.EventuallyAsync(() => Task.FromResult(shop.Deployed.Count > made), $"a {name} with {rubbish} everywhere is deployed");
            house.World.Webhooks.Paused = false;
            await shop.SettleAsync();
        }
    }

    [Fact]
    public async Task What_others_deploy_is_known_whatever_else_the_events_hold()
    {
        var shop = new RepositoryDriver(house, DeployFile);
        await shop.SettleAsync();
        foreach (var (turn, rubbish) in RubbishValue.Names.Index())
        {
            house.World.Webhooks.Paused = true;
            var before = house.World.Webhooks.Deliveries.Count;
            var made = house.World.CreateDeployment(shop.Repository, "main", $"lab-{turn}", house.Ada);
            house.World.SetDeploymentStatus(shop.Repository, made, "success", house.Ada);
            var sent = house.World.Webhooks.Deliveries.Skip(before).Where(delivery => Readers.ContainsKey(delivery.Event)).ToList();
            sent.Count.ShouldBe(2);

            foreach (var delivery in sent)
            {
                (await PostAsync(delivery.Event, RubbishValue.Everywhere(delivery.Body.Span, NeededFields.Of(delivery.Event), rubbish)))
                    .ShouldBe(HttpStatusCode.Accepted);
            }

            var environment = $"lab-{turn}";
            await house.EventuallyAsync(
                () => house.ReadAsync(db => db.Deployments.AnyAsync(row => row.EnvironmentKey == environment && row.State == DeploymentState.Success)),
                $"{environment} is live, though {rubbish} is everywhere");
            house.World.Webhooks.Paused = false;
            await shop.SettleAsync();
        }
    }

    [Fact]
    public async Task An_event_without_what_is_needed_is_refused_with_the_name_of_the_field_and_kept()
    {
        var shop = new RepositoryDriver(house, DeployFile);
        await shop.SettleAsync();
        var sent = await HeldBackAsync("push", () => shop.Push("Tea"));

        await PostAsync("push", RubbishValue.Here(sent.Body.Span, path => path != "after", path => path == "after" ? "\"not a commit\"" : null));

        await house.EventuallyAsync(
            () => Task.FromResult(house.Log.Any(line => line.Contains("could not be processed", StringComparison.Ordinal) && line.Contains("after", StringComparison.Ordinal))),
            "the log says what can't be read");
        house.World.Webhooks.Paused = false;
    }

    private static Action<byte[]> With<T>(JsonTypeInfo<T> type) => body => _ = TolerantJson.Read(body, type) ?? throw new InvalidOperationException("Nothing was read.");

    private static void ShouldBeRead(string name, byte[] body)
    {
        DeliveryEnvelope.TryRead(Routes.Table.Find(name), body, out var envelope).ShouldBeTrue(Encoding.UTF8.GetString(body));
        envelope.Installation.HasValue.ShouldBeTrue(Encoding.UTF8.GetString(body));
        Should.NotThrow(() => Readers[name](body), Encoding.UTF8.GetString(body));
    }

    private void Happen(RepositoryDriver shop, string name, int turn)
    {
        switch (name)
        {
            case "push":
                shop.Push($"Tea {turn}");
                break;
            case "pull_request":
                house.World.Push(shop.Repository, $"tea-{turn}", house.Ada, "Tea");
                house.World.OpenPullRequest(shop.Repository, $"tea-{turn}", house.Ada, "Tea");
                break;
            default:
                house.World.CreateTag(shop.Repository, $"v{turn}", house.World.Push(shop.Repository, $"release-{turn}", house.Ada, "Tea"), house.Ada);
                house.World.PublishRelease(shop.Repository, $"v{turn}", house.Ada);
                break;
        }
    }

    /// <summary>What GitHub would send, if it weren't paused.</summary>
    private async Task<WebhookDelivery> HeldBackAsync(string name, Action happen)
    {
        await house.World.Webhooks.WaitUntilDeliveredAsync(Stop);
        house.World.Webhooks.Paused = true;
        happen();
        return house.World.Webhooks.Deliveries.Last(sent => sent.Event == name && sent.Action != "released");
    }

    private async Task<Dictionary<string, byte[]>> SamplesAsync()
    {
        var shop = new RepositoryDriver(house, DeployFile);
        var sha = shop.Push("Tea");
        house.World.Push(shop.Repository, "tea", house.Ada, "More tea");
        var pull = house.World.OpenPullRequest(shop.Repository, "tea", house.Ada, "Tea");
        house.World.CreateTag(shop.Repository, "v1", sha, house.Ada);
        house.World.PublishRelease(shop.Repository, "v1", house.Ada);
        house.World.Comment(shop.Repository, pull.Number, house.Ada, "/deploy");
        shop.SetStatus(sha, "ci");
        house.World.FinishCheck(shop.Repository, house.World.StartCheck(shop.Repository, sha, "ci"), "success");
        house.World.SetDeploymentStatus(shop.Repository, house.World.CreateDeployment(shop.Repository, "main", "lab", house.Ada), "success", house.Ada);
        var installation = house.World.Install(house.World.CreateUser($"owner-{shop.Repository.Id}"));
        var added = house.World.CreateRepository(installation.Account, "added", new Dictionary<string, string> { ["README.md"] = "# added" });
        house.World.AddRepositories(installation, added);
        house.World.RenameRepository(shop.Repository, $"{shop.Repository.Name}-renamed", house.Ada);
        await house.World.Webhooks.WaitUntilDeliveredAsync(Stop);
        return house.World.Webhooks.Deliveries.Where(sent => Readers.ContainsKey(sent.Event))
            .GroupBy(sent => sent.Event).ToDictionary(sent => sent.Key, sent => sent.Last().Body.ToArray());
    }

    private async Task<HttpStatusCode> PostAsync(string name, byte[] body)
    {
        var signature = HMACSHA256.HashData(Encoding.UTF8.GetBytes(house.GitHub.App.WebhookSecret), body);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/_/webhooks/github") { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add("X-GitHub-Event", name);
        request.Headers.Add("X-GitHub-Delivery", Guid.NewGuid().ToString());
        request.Headers.Add("X-Hub-Signature-256", "sha256=" + Convert.ToHexStringLower(signature));
        using var answer = await house.Site.SendAsync(request, Stop);
        return answer.StatusCode;
    }
}

using System.Diagnostics;
using Deliverybot.Data.Deploying;
using Deliverybot.Jobs.Telemetry;
using Deliverybot.Sandbox.Faults;
using Deliverybot.Tests.Harness;
using Deliverybot.Tests.Jobs.GitHub;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.Telemetry;

/// <summary>One trace follows what a webhook brings about: docs/decisions/0019.</summary>
public sealed class TraceTests(House house) : IClassFixture<House>
{
    private const string Simple = "production:\n  auto_deploy_on: refs/heads/main\n";
    private const string Creating = "GitHub POST repos/{repository}/deployments";
    private const string Received = "Microsoft.AspNetCore.Hosting.HttpRequestIn";
    private const string Secret = "Sell tea to Mr Secret";

    /// <summary>By which a trace, or what callers put into it, would be told.</summary>
    private static readonly string[] Traced = ["traceparent", "tracestate", "baggage", "request-id", "correlation-context"];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_trace_goes_from_the_webhook_to_the_call_that_deploys()
    {
        using var spans = new Spans();
        var shop = new RepositoryDriver(house, Simple);
        await shop.SettledAsync(shop.Push("Sell tea"));

        var parent = await ParentOfPushAsync(shop);
        await spans.AwaitAsync(parent, "process push");
        await spans.AwaitAsync(parent, Received);

        var trace = spans.Of(parent);
        var call = trace.Single(span => span.DisplayName == Creating);
        AncestorsOf(call, trace).ShouldBe(["look", "process push", Received]);
        trace.ShouldContain(span => span.ParentSpanId == call.SpanId && span.OperationName == "System.Net.Http.HttpRequestOut");
        var look = trace.Single(span => span.OperationName == "look");
        look.GetTagItem("deliverybot.verdict").ShouldBe("pass");
        look.GetTagItem("deliverybot.deployment.id").ShouldBe((await shop.RowsAsync())[0].Id.Value);
    }

    [Fact]
    public async Task What_a_job_takes_up_goes_on_in_the_same_trace_and_the_job_is_linked()
    {
        using var spans = new Spans();
        var shop = new RepositoryDriver(house, Simple);
        await shop.SettleAsync();
        house.GitHub.Faults.Add(new FaultRule
        {
            Method = "GET",
            Route = "/repos/{owner}/{repo}/contents/{**path}",
            Address = $"/{shop.Repository.FullName}/",
            SecondaryLimitShare = 1,
            RetryAfter = TimeSpan.FromSeconds(1),
            Times = 1,
        });

        await shop.SettledAsync(shop.Push("Sell tea"));
        var parent = await ParentOfPushAsync(shop);
        var attempts = await spans.AwaitAsync(parent, "process push", times: 2);

        attempts.Select(span => span.Status).ShouldBe([ActivityStatusCode.Error, ActivityStatusCode.Unset]);
        attempts.ShouldAllBe(span => span.ParentId == parent);
        spans.Of(parent).Single(span => span.DisplayName == Creating).ShouldNotBeNull();
        var job = attempts[1].Links.ShouldHaveSingleItem().Context.TraceId;
        (await spans.AwaitAsync(job, "job ProcessDeliveriesJob")).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task What_has_waited_goes_out_in_the_trace_that_opened_the_gate_and_links_to_the_one_that_brought_it()
    {
        using var spans = new Spans();
        var shop = new RepositoryDriver(house, $"{Simple}  required_contexts: [ci]\n");
        var sha = shop.Push("Sell tea");
        await shop.SettledAsync(sha);
        await shop.PassAsync(sha, "ci");
        await shop.AwaitAsync("production", sha, DeploymentState.Pending);

        var push = await ParentOfPushAsync(shop);
        var status = await ParentAsync(shop, "status");
        await spans.AwaitAsync(status, "process status");

        spans.Of(push).ShouldContain(span => span.OperationName == "look" && (string?)span.GetTagItem("deliverybot.gate") == "Checks");
        var trace = spans.Of(status);
        trace.ShouldContain(span => span.DisplayName == Creating);
        trace.Single(span => span.OperationName == "look").Links.ShouldHaveSingleItem().Context.TraceId.ShouldBe(ActivityContext.Parse(push, null).TraceId);
    }

    [Fact]
    public async Task No_span_bears_what_is_secret_or_what_people_have_written()
    {
        using var spans = new Spans();
        var shop = new RepositoryDriver(house, $"{Simple}  description: {Secret}\n  payload:\n    secret: {Secret}\n  required_contexts: [ci]\n");
        var sha = shop.Push(Secret);
        await shop.SettledAsync(sha);
        await shop.PassAsync(sha, "ci");
        await shop.AwaitAsync("production", sha, DeploymentState.Pending);
        shop.Report(sha, "failure", Secret);
        await shop.SettleAsync();
        var parents = await house.ReadAsync(db => db.WebhookDeliveries.Where(row => row.RepositoryId == shop.Id).Select(row => row.TraceParent!).ToListAsync(Stop));
        await spans.AwaitAsync(await ParentAsync(shop, "deployment_status"), "process deployment_status");

        var told = parents.SelectMany(spans.Of).Select(Spans.TextOf).ToList();
        var app = house.GitHub.App;
        string[] secrets = [Secret, app.WebhookSecret, app.ClientSecret, "ghs_", "ghu_", "token ", "Bearer", "BEGIN", "sha256=", house.Ada.Login + "@"];

        told.Count.ShouldBeGreaterThan(20);
        foreach (var secret in secrets)
        {
            told.ShouldAllBe(text => !text.Contains(secret, StringComparison.OrdinalIgnoreCase), secret);
        }
    }

    [Fact]
    public async Task GitHub_is_not_told_of_our_traces()
    {
        using var spans = new Spans();
        await using var driver = await GitHubDriver.StartAsync();
        using var ours = Tracing.Begin("ours").ShouldNotBeNull().AddBaggage("theirs", Secret);

        await driver.Repository.GetAsync(Stop);

        driver.GitHub.Requests.ShouldNotBeEmpty();
        driver.GitHub.Requests.SelectMany(call => call.Headers.Keys).ShouldAllBe(header => !Traced.Contains(header.ToLowerInvariant()));
        (await spans.AwaitAsync(ours.TraceId, "System.Net.Http.HttpRequestOut")).ShouldNotBeEmpty();
    }

    private static List<string> AncestorsOf(Activity span, IReadOnlyList<Activity> trace)
    {
        List<string> ancestors = [];
        for (var above = Above(span); above is not null; above = Above(above))
        {
            ancestors.Add(above.OperationName);
            if (above.OperationName == Received)
            {
                break;
            }
        }

        return ancestors;

        Activity? Above(Activity below) => trace.FirstOrDefault(each => each.SpanId == below.ParentSpanId);
    }

    private Task<string> ParentOfPushAsync(RepositoryDriver shop) => ParentAsync(shop, "push");

    private async Task<string> ParentAsync(RepositoryDriver shop, string name) =>
        (await house.ReadAsync(db => db.WebhookDeliveries.Where(row => row.RepositoryId == shop.Id && row.Event == name)
            .OrderByDescending(row => row.Id).Select(row => row.TraceParent).FirstAsync(Stop))).ShouldNotBeNull();
}

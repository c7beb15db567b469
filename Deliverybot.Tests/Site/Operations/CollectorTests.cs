using Deliverybot.Tests.Harness;
using Deliverybot.Tests.Jobs;
using Deliverybot.Tests.Jobs.GitHub;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Site.Operations;

/// <summary>What really goes to a collector, to the last byte.</summary>
public sealed class CollectorTests(TestPostgreSql postgreSql)
{
    private const string Written = "Sell tea to Mr Secret";

    [Fact]
    public async Task A_collector_is_sent_the_trace_of_a_push_and_nothing_that_is_secret()
    {
        await using var collector = await Collector.StartAsync();
        var house = new House(postgreSql) { Settings = collector.Settings };
        await house.InitializeAsync();
        try
        {
            var shop = new RepositoryDriver(house, $"production:\n  auto_deploy_on: refs/heads/main\n  description: {Written}\n");
            await shop.SettledAsync(shop.Push(Written));
            var parent = await house.ReadAsync(db => db.WebhookDeliveries.Where(row => row.RepositoryId == shop.Id && row.Event == "push").Select(row => row.TraceParent).FirstAsync());

            // A trace's number is sent as bytes.
            var trace = System.Text.Encoding.Latin1.GetString(Convert.FromHexString(parent.ShouldNotBeNull().Split('-')[1]));
            await collector.AwaitAsync(trace, "process push", "look", "GitHub POST repos/{repository}/deployments", "deliverybot.verdict", "INSERT INTO");

            var app = house.GitHub.App;
            string[] secrets = [Written, app.WebhookSecret, app.ClientSecret, app.PrivateKeyPem.Split('\n')[1], "ghs_", house.Database.ConnectionString];
            foreach (var secret in secrets)
            {
                collector.Traces.ShouldNotContain(secret);
            }

            // Where OpenTelemetry is at work, it would send them by each client.
            await using var driver = await GitHubDriver.StartAsync();
            await driver.Repository.GetAsync(TestContext.Current.CancellationToken);
            string[] ours = ["traceparent", "tracestate", "baggage"];
            driver.GitHub.Requests.SelectMany(call => call.Headers.Keys).ShouldAllBe(header => !ours.Contains(header.ToLowerInvariant()));
        }
        finally
        {
            await house.DisposeAsync();
        }
    }
}

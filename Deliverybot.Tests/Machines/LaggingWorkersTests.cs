using System.Diagnostics;
using System.Globalization;
using Deliverybot.Sandbox.TryOut;
using Deliverybot.Tests.Site;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Machines;

/// <summary>A <c>web</c> process whose workers are gone. <c>DELIVERYBOT_MACHINES_BACKLOG</c> is how many webhooks wait (docs/operating.md, Scaling out).</summary>
public sealed class LaggingWorkersTests : IAsyncLifetime
{
    private const int Samples = 40;

    // What a busy machine may take for anything.
    private static readonly TimeSpan Jitter = TimeSpan.FromMilliseconds(60);

    private static readonly int Backlog = int.Parse(Environment.GetEnvironmentVariable("DELIVERYBOT_MACHINES_BACKLOG") ?? "20000", CultureInfo.InvariantCulture);

    private Fleet fleet = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => fleet = await Fleet.MakeAsync(Stop);

    public ValueTask DisposeAsync() => fleet.DisposeAsync();

    [Fact]
    public async Task Web_processes_answer_as_fast_while_the_workers_lag()
    {
        var world = fleet.GitHub.World;
        var ada = world.CreateUser("ada");
        var acme = world.CreateOrganisation("acme", ada);
        foreach (var (name, value) in SiteEnvironment.Of(new TryOutOptions(), fleet.GitHub.App, "").Where(setting => setting.Key.StartsWith("GitHub__", StringComparison.Ordinal)))
        {
            fleet.Settings[name] = value;
        }

        fleet.Settings["GitHub__Url"] = fleet.GitHub.Url.GetLeftPart(UriPartial.Authority);
        var (web, worker) = (fleet.Start("web"), fleet.Start("worker"));
        await Task.WhenAll(web.AnswersAsync("/_/health/ready"), worker.AnswersAsync("/_/health/ready"));
        fleet.Front.Lead(web);
        world.Webhooks.Url = new Uri(fleet.Front.Url, "/_/webhooks/github");
        world.Install(acme);
        var town = fleet.Town(acme);
        using var visitor = await Harness.Browser.SignInAsync(fleet.Front.Url, "ada", Stop);
        await MeasureAsync();
        await Until.TrueAsync(() => world.Read(_ => town.Sum(repository => repository.Deployments.Count)) == Samples);
        await worker.KillAsync();

        var idle = await MeasureAsync();
        await fleet.QueryAsync<long>(
            $"""
             insert into webhook_deliveries (guid, event, repository_id, installation_id, body, received_at, faults)
             select gen_random_uuid(), 'push', one.repository_id, one.installation_id, one.body, now(), 0
             from (select * from webhook_deliveries where event = 'push' limit 1) one, generate_series(1, {Backlog})
             returning id
             """);
        var lagging = await MeasureAsync();

        TestContext.Current.TestOutputHelper!.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"Medians of {Samples} without a backlog and with {Backlog} webhooks that wait: page {idle.Page.TotalMilliseconds:0.0} and {lagging.Page.TotalMilliseconds:0.0} ms, acknowledgement {idle.Acknowledgement.TotalMilliseconds:0.0} and {lagging.Acknowledgement.TotalMilliseconds:0.0} ms."));
        lagging.Page.ShouldBeLessThan((2 * idle.Page) + Jitter);
        lagging.Acknowledgement.ShouldBeLessThan((2 * idle.Acknowledgement) + Jitter);

        async Task<(TimeSpan Page, TimeSpan Acknowledgement)> MeasureAsync()
        {
            List<TimeSpan> pages = [];
            for (var sample = 0; sample < Samples; sample++)
            {
                var began = Stopwatch.GetTimestamp();
                await visitor.OpenAsync($"/{town[0].FullName}");
                pages.Add(Stopwatch.GetElapsedTime(began));
                world.Push(town[sample % town.Count], $"branch-{Guid.NewGuid():N}", ada, "Any");
                await world.Webhooks.WaitUntilDeliveredAsync(Stop);
            }

            var sent = world.Webhooks.Deliveries.Where(delivery => delivery.Event == "push").TakeLast(Samples).ToList();
            sent.ShouldAllBe(delivery => delivery.StatusCode == 202);
            return (Median(pages), Median(sent.Select(delivery => delivery.Duration)));
        }
    }

    private static TimeSpan Median(IEnumerable<TimeSpan> samples) => samples.Order().ElementAt(Samples / 2);
}

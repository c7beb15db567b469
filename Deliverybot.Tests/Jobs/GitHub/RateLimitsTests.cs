using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.GitHub.Transport;
using Shouldly;
using Xunit;
using static Deliverybot.Tests.Jobs.GitHub.GitHubDriver;
using static Deliverybot.Tests.Jobs.GitHub.ScriptedGitHub;

namespace Deliverybot.Tests.Jobs.GitHub;

/// <summary>However many installations there are, metrics have few series.</summary>
public sealed class RateLimitsTests : IAsyncLifetime
{
    private readonly ConcurrentQueue<(string Instrument, long Value, string Tags)> measured = new();
    private readonly MeterListener listener = new();
    private GitHubDriver driver = null!;

    public async ValueTask InitializeAsync()
    {
        driver = await StartAsync();
        listener.InstrumentPublished = (instrument, listening) =>
        {
            if (instrument.Meter.Scope == driver.Meters)
            {
                listening.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
            measured.Enqueue((instrument.Name, value, string.Join(' ', tags.ToArray().Select(tag => tag.Value)))));
        listener.Start();
    }

    public ValueTask DisposeAsync()
    {
        listener.Dispose();
        return driver.DisposeAsync();
    }

    [Fact]
    public async Task Those_with_the_least_left_are_told_until_their_hour_is_over()
    {
        for (var left = 0; left < RateLimits.MostTold + 5; left++)
        {
            await CallAsync(installation: 1000 + left, left * 10);
        }

        var told = Observe("deliverybot.github.rate_limit.remaining");
        told.ShouldBe(Enumerable.Range(0, RateLimits.MostTold).Select(left => ((long)left * 10, $"{1000 + left} core")));
        Observe("deliverybot.github.rate_limit.limit").ShouldAllBe(limit => limit.Value == 5000);

        driver.Time.Advance(TimeSpan.FromHours(1));
        Observe("deliverybot.github.rate_limit.remaining").ShouldBeEmpty();
    }

    [Fact]
    public async Task Beyond_the_first_hundred_installations_calls_are_counted_together()
    {
        for (var installation = 1; installation <= RateLimits.MostCounted + 3; installation++)
        {
            await CallAsync(installation, remaining: 4000);
        }

        await CallAsync(installation: 1, remaining: 3999);

        var counted = measured.Where(each => each.Instrument == "deliverybot.github.installation.calls").CountBy(each => each.Tags).ToDictionary();
        counted.Count.ShouldBe(RateLimits.MostCounted + 1);
        counted["other"].ShouldBe(3);
        counted["1"].ShouldBe(2);
    }

    private async Task CallAsync(int installation, int remaining)
    {
        driver.GitHub.On($"GET {ShopRoute}", Json(
            404,
            """{"message":"Not Found"}""",
            ("x-ratelimit-limit", "5000"),
            ("x-ratelimit-remaining", remaining.ToString(CultureInfo.InvariantCulture)),
            ("x-ratelimit-reset", driver.Time.GetUtcNow().AddMinutes(50).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture))));
        await driver.Clients.Installation(new InstallationId(installation)).Repository(Shop).GetAsync(TestContext.Current.CancellationToken);
    }

    private List<(long Value, string Tags)> Observe(string instrument)
    {
        measured.Clear();
        listener.RecordObservableInstruments();
        return [.. measured.Where(each => each.Instrument == instrument).Select(each => (each.Value, each.Tags))];
    }
}

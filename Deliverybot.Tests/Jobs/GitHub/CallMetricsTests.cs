using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Shouldly;
using Xunit;
using static Deliverybot.Tests.Jobs.GitHub.GitHubDriver;

namespace Deliverybot.Tests.Jobs.GitHub;

public sealed class CallMetricsTests
{
    [Fact]
    public async Task Each_call_is_counted_by_route_caller_and_status()
    {
        await using var driver = await StartAsync();
        var counted = new ConcurrentBag<string>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, listening) =>
        {
            if (instrument.Name == "deliverybot.github.calls" && instrument.Meter.Scope == driver.Meters)
            {
                listening.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((_, count, tags, _) =>
            counted.Add($"{count} {string.Join(' ', tags.ToArray().Select(tag => tag.Value))}"));
        listener.Start();

        await driver.Repository.GetAsync(TestContext.Current.CancellationToken);
        await driver.User.Repository(Shop).GetAsync(TestContext.Current.CancellationToken);

        counted.ShouldBe(
            [
                "1 POST app/installations/{}/access_tokens app 201",
                "1 GET repos/{repository} installation 404",
                "1 GET repos/{repository} user 404",
            ],
            ignoreOrder: true);
    }
}

using System.Net.Http.Headers;
using Deliverybot.Jobs.Upkeep;
using Deliverybot.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Xunit;

namespace Deliverybot.Tests.Site.Operations;

/// <summary>
/// A house at which Prometheus asks for metrics, alone in this process: OpenTelemetry tells meters apart by their names, so that what other
/// sites count is among what it tells, and gone when one of them ends.
/// </summary>
[CollectionDefinition(nameof(MeteredHouse), DisableParallelization = true)]
public sealed class Metered : ICollectionFixture<MeteredHouse>;

/// <inheritdoc cref="Metered"/>
public sealed class MeteredHouse(TestPostgreSql postgreSql) : IAsyncLifetime
{
    public const string Token = "a-token-that-nobody-guesses";

    public House House { get; } = new(postgreSql) { Settings = new Dictionary<string, string?> { ["Metrics:Token"] = Token } };

    public ValueTask InitializeAsync() => House.InitializeAsync();

    public ValueTask DisposeAsync() => House.DisposeAsync();

    /// <summary>What Prometheus is told, with what is still to be done as it is now.</summary>
    public async Task<Scrape> ScrapeAsync()
    {
        var stop = TestContext.Current.CancellationToken;
        await House.Services.GetServices<IHostedService>().OfType<BacklogWatch>().Single().ReadAsync(stop);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/_/metrics");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        using var answer = await House.Site.SendAsync(request, stop);
        return new Scrape(await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync(stop));
    }
}

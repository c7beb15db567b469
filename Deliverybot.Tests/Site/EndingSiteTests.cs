using System.Net;
using Deliverybot.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Site;

/// <summary>A site that is told to end and still has connections: in a house of its own.</summary>
public sealed class EndingSiteTests(House house) : IClassFixture<House>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Live_pages_come_to_their_end_and_who_asks_once_more_is_led_elsewhere()
    {
        var repository = house.CreateRepository();
        using var ada = await house.SignInAsync("ada");
        using var stream = await ada.GetStreamAsync($"/_/events/{repository.FullName}", Stop).AsReaderAsync();
        await stream.ReadUntilAsync("event: ping");
        await ada.OpenAsync($"/{repository.FullName}");

        // As SIGTERM does; the server itself stops after all who are told of it here.
        house.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
        await stream.ReadToEndAsync(Stop);

        foreach (var path in (string[])["/_/events", "/_/events/acme", $"/_/events/{repository.FullName}"])
        {
            using var late = await ada.GetAsync(path, Stop);
            late.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable, path);
            late.Headers.ConnectionClose.ShouldBe(true);
            late.Headers.RetryAfter.ShouldNotBeNull();
        }

        await ada.OpenAsync($"/{repository.FullName}");
        house.Log.ShouldNotContain(line => line.Contains("unhandled exception", StringComparison.Ordinal));
    }
}

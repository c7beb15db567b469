using System.Net;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.TryOut;

public sealed class TryOutTests
{
    [Fact]
    public async Task One_command_starts_everything_and_an_interrupt_ends_it_all()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Sends a signal.");
        var stop = TestContext.Current.CancellationToken;
        await using var tryOut = new TryOutProcess();
        await tryOut.StartAsync();

        using var http = new HttpClient();
        (await http.GetAsync(new Uri(tryOut.Site, "/_/health/ready"), stop)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await http.GetStringAsync(tryOut.StandIn, stop)).ShouldContain("Stand-in for GitHub");
        File.Exists(tryOut.PostmasterFile).ShouldBeTrue();

        await tryOut.InterruptAsync();

        await Should.ThrowAsync<HttpRequestException>(() => http.GetAsync(tryOut.Site, stop));
        File.Exists(tryOut.PostmasterFile).ShouldBeFalse();
    }
}

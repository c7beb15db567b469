using System.Net;
using Deliverybot.Site;
using Deliverybot.Tests.Harness;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Site;

public sealed class RolesTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    [Fact]
    public async Task A_worker_serves_its_health_and_no_page()
    {
        await using var worker = SiteApplication.Build(
            SiteArguments.With($"--ConnectionStrings:Deliverybot={database.ConnectionString}", "--Deliverybot:Roles=worker"));
        await worker.StartAsync(TestContext.Current.CancellationToken);
        using var visitor = new HttpClient { BaseAddress = new Uri(worker.Urls.First()) };

        using var ready = await visitor.GetAsync("/_/health/ready", TestContext.Current.CancellationToken);
        using var page = await visitor.GetAsync("/", TestContext.Current.CancellationToken);
        await worker.StopAsync(TestContext.Current.CancellationToken);

        ready.StatusCode.ShouldBe(HttpStatusCode.OK);
        page.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }
}

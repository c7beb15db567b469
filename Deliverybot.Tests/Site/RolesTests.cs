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
        using var key = System.Security.Cryptography.RSA.Create(2048);
        await using var worker = SiteApplication.Build(
        [
            "--environment=Development", "--urls=http://127.0.0.1:0", $"--ConnectionStrings:Deliverybot={database.ConnectionString}",
            "--Deliverybot:PublicUrl=https://deliverybot.example.com", "--Deliverybot:Roles=worker",
            "--GitHub:AppId=1", "--GitHub:AppSlug=deliverybot", "--GitHub:WebhookSecret=s", "--GitHub:ClientId=id", "--GitHub:ClientSecret=s",
            $"--GitHub:PrivateKey={key.ExportRSAPrivateKeyPem()}",
        ]);
        await worker.StartAsync(TestContext.Current.CancellationToken);
        using var visitor = new HttpClient { BaseAddress = new Uri(worker.Urls.First()) };

        using var ready = await visitor.GetAsync("/_/health/ready", TestContext.Current.CancellationToken);
        using var page = await visitor.GetAsync("/", TestContext.Current.CancellationToken);
        await worker.StopAsync(TestContext.Current.CancellationToken);

        ready.StatusCode.ShouldBe(HttpStatusCode.OK);
        page.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }
}

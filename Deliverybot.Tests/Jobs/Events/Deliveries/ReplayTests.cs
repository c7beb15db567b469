using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Deliverybot.Sandbox.Webhooks;
using Deliverybot.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.Events.Deliveries;

/// <summary>The same delivery, many times at once: as a proxy that repeats requests, or somebody with bad intent, would send it.</summary>
public sealed class ReplayTests(House house) : IClassFixture<House>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Fifty_copies_of_a_push_at_once_make_one_deployment()
    {
        var shop = new RepositoryDriver(house, "production:\n  auto_deploy_on: refs/heads/main\n");
        await shop.SettleAsync();
        house.World.Webhooks.Paused = true;
        var sha = shop.Push("Once");
        var push = house.World.Webhooks.Deliveries.Last(sent => sent.Event == "push");

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => PostAsync(push)));
        // The original comes last.
        house.World.Webhooks.Paused = false;
        await shop.SettleAsync();

        answers.ShouldAllBe(status => status == HttpStatusCode.Accepted);
        (await house.ReadAsync(db => db.WebhookDeliveries.CountAsync(row => row.Event == "push"))).ShouldBe(1);
        shop.Deployed.ShouldBe([sha]);
        (await shop.RowsAsync()).ShouldHaveSingleItem();
        shop.Calls.ShouldBe([RepositoryDriver.Contents, RepositoryDriver.Create]);
    }

    private async Task<HttpStatusCode> PostAsync(WebhookDelivery delivery)
    {
        var signature = HMACSHA256.HashData(Encoding.UTF8.GetBytes(house.GitHub.App.WebhookSecret), delivery.Body.Span);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/_/webhooks/github") { Content = new ReadOnlyMemoryContent(delivery.Body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add("X-GitHub-Event", delivery.Event);
        request.Headers.Add("X-GitHub-Delivery", delivery.Guid.ToString());
        request.Headers.Add("X-Hub-Signature-256", "sha256=" + Convert.ToHexStringLower(signature));
        using var answer = await house.Site.SendAsync(request, Stop);
        return answer.StatusCode;
    }
}

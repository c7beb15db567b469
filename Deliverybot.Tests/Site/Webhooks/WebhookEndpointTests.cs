using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Deliverybot.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Site.Webhooks;

public sealed class WebhookEndpointTests(House house) : IClassFixture<House>
{
    [Fact]
    public async Task A_signed_event_is_accepted_and_kept_once()
    {
        var guid = Guid.NewGuid();
        var body = """{"action":"new_permissions_\u0061ccepted", "installation": {"id": 7} }""";

        (await PostAsync(body, guid: guid)).ShouldBe(HttpStatusCode.Accepted);
        (await PostAsync(body, guid: guid)).ShouldBe(HttpStatusCode.Accepted);

        (await house.ReadAsync(db => db.WebhookDeliveries.CountAsync(row => row.Guid == new Data.Names.WebhookDeliveryGuid(guid)))).ShouldBe(1);
    }

    [Fact]
    public async Task A_wrong_signature_is_401()
    {
        (await PostAsync("{}", secret: "another")).ShouldBe(HttpStatusCode.Unauthorized);
        (await PostAsync("{}", signature: "")).ShouldBe(HttpStatusCode.Unauthorized);
        (await PostAsync("{}", signature: "sha256=zz")).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Garbage_is_400()
    {
        (await PostAsync("{")).ShouldBe(HttpStatusCode.BadRequest);
        (await PostAsync("[]")).ShouldBe(HttpStatusCode.BadRequest);
        (await PostAsync("{}", name: "")).ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Anything_but_JSON_is_415() =>
        (await PostAsync("payload=%7B%7D", type: "application/x-www-form-urlencoded")).ShouldBe(HttpStatusCode.UnsupportedMediaType);

    [Fact]
    public async Task More_than_GitHub_sends_is_413()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/_/webhooks/github") { Content = new ByteArrayContent(new byte[(25 * 1024 * 1024) + 1]) };
        request.Headers.ExpectContinue = true;

        using var answer = await house.Site.SendAsync(request, TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task A_status_that_nothing_waits_for_is_accepted_and_not_kept()
    {
        var guid = Guid.NewGuid();

        var answer = await PostAsync(
            """{"sha":"0123456789012345678901234567890123456789","state":"success","context":"ci","repository":{"id":7}}""", guid: guid, name: "status");

        answer.ShouldBe(HttpStatusCode.Accepted);
        (await house.ReadAsync(db => db.WebhookDeliveries.AnyAsync(row => row.Guid == new Data.Names.WebhookDeliveryGuid(guid)))).ShouldBeFalse();
    }

    [Theory]
    [InlineData("create", """{"ref":"v1","ref_type":"tag"}""")]
    [InlineData("delete", """{"ref":"topic","ref_type":"branch"}""")]
    [InlineData("watch", """{"action":"started"}""")]
    [InlineData("pull_request", """{"action":"labeled"}""")]
    [InlineData("release", """{"action":"edited"}""")]
    [InlineData("issue_comment", """{"action":"deleted"}""")]
    [InlineData("check_run", """{"action":"created"}""")]
    public async Task What_leads_to_nothing_is_accepted_and_not_kept(string name, string body)
    {
        var guid = Guid.NewGuid();

        (await PostAsync(body, name, guid)).ShouldBe(HttpStatusCode.Accepted);

        (await house.ReadAsync(db => db.WebhookDeliveries.AnyAsync(row => row.Guid == new Data.Names.WebhookDeliveryGuid(guid)))).ShouldBeFalse();
    }

    private async Task<HttpStatusCode> PostAsync(
        string body, string name = "installation", Guid? guid = null, string? secret = null, string? signature = null, string type = "application/json")
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        signature ??= "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret ?? house.GitHub.App.WebhookSecret), bytes));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/_/webhooks/github") { Content = new ByteArrayContent(bytes) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(type);
        request.Headers.TryAddWithoutValidation("X-GitHub-Event", name);
        request.Headers.Add("X-GitHub-Delivery", (guid ?? Guid.NewGuid()).ToString());
        request.Headers.TryAddWithoutValidation("X-Hub-Signature-256", signature);
        using var answer = await house.Site.SendAsync(request, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }
}

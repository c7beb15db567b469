using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Deliverybot.Site.Web;
using Deliverybot.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Site.Web;

/// <summary>What is sent by nobody knows whom can't stay, and can't fill the memory.</summary>
public sealed class UnknownBodiesTests(UnknownBodiesTests.WebHouse web) : IClassFixture<UnknownBodiesTests.WebHouse>
{
    private const string Webhooks = "/_/webhooks/github";
    private const int Megabyte = 1024 * 1024;

    private readonly FakeTimeProvider time = web.Time;
    private readonly House house = web.House;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private UnknownBytes Room => house.Services.GetRequiredService<UnknownBytes>();

    [Theory]
    [InlineData(Webhooks, true, 10)]
    [InlineData(Webhooks, false, 10)]
    [InlineData("/_/slack/commands", true, 5)]
    [InlineData("/_/slack/commands", false, 5)]
    [InlineData("/_/sign-in/github", true, 30)]
    [InlineData("/acme/shop/deploy", false, 30)]
    public async Task A_body_that_stalls_is_let_go_of(string path, bool announced, int seconds)
    {
        const int sent = 100_000;
        using var client = new TcpClient();
        await client.ConnectAsync(house.SiteUrl.Host, house.SiteUrl.Port, Stop);
        await using var stream = client.GetStream();
        var length = announced ? "Content-Length: 200000" : "Transfer-Encoding: chunked";
        var content = new byte[sent];
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"POST {path} HTTP/1.1\r\nHost: {house.SiteUrl.Authority}\r\nContent-Type: application/x-www-form-urlencoded\r\n{length}\r\n\r\n"), Stop);
        if (!announced)
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"{sent:x}\r\n"), Stop);
        }

        await stream.WriteAsync(content, Stop);
        await house.EventuallyAsync(() => Task.FromResult(Room.Held == sent), "all that was sent is held");

        time.Advance(TimeSpan.FromSeconds(seconds));

        using var answer = new StreamReader(stream);
        (await answer.ReadLineAsync(Stop)).ShouldBe("HTTP/1.1 408 Request Timeout");
        (await HeadersAsync(answer)).ShouldContain("Connection: close");
        Room.Held.ShouldBe(0);
    }

    [Fact]
    public async Task Beyond_what_there_is_room_for_large_ones_come_back_later_and_small_ones_are_taken()
    {
        const int taken = 64 * Megabyte;
        Room.TryTake(taken, before: Megabyte).ShouldBeTrue();

        using (var large = await SendAsync(new byte[Megabyte]))
        {
            large.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            large.Headers.RetryAfter.ShouldNotBeNull();
        }

        using (var small = await SendAsync(Encoding.UTF8.GetBytes("""{"zen":"Small is beautiful"}""")))
        {
            small.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        }

        Room.Return(taken);
        using (var large = await SendAsync(Encoding.UTF8.GetBytes($$"""{"zen":"{{new string('x', Megabyte)}}"}""")))
        {
            large.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        }

        Room.Held.ShouldBe(0);
    }

    [Fact]
    public async Task What_is_whole_and_not_signed_is_401_and_leaves_nothing()
    {
        using var answer = await SendAsync(new byte[3 * Megabyte], secret: "another");

        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        Room.Held.ShouldBe(0);
    }

    [Theory]
    [InlineData("/_/sign-in/github")]
    [InlineData("/acme/shop/deploy")]
    [InlineData("/_/settings")]
    [InlineData("/_/jobs")]
    public async Task No_form_is_larger_than_a_form(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new StringContent($"task={new string('x', FormBodies.Largest)}", Encoding.UTF8, "application/x-www-form-urlencoded"),
        };
        request.Headers.TransferEncodingChunked = true;
        request.Headers.ExpectContinue = true;

        using var answer = await house.Site.SendAsync(request, Stop);

        answer.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
    }

    private static async Task<List<string>> HeadersAsync(StreamReader answer)
    {
        var headers = new List<string>();
        while (await answer.ReadLineAsync(Stop) is { Length: > 0 } header)
        {
            headers.Add(header);
        }

        return headers;
    }

    private async Task<HttpResponseMessage> SendAsync(byte[] body, string? secret = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Webhooks) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add("X-GitHub-Event", "ping");
        request.Headers.Add("X-GitHub-Delivery", Guid.NewGuid().ToString());
        request.Headers.Add(
            "X-Hub-Signature-256",
            "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret ?? house.GitHub.App.WebhookSecret), body)));
        return await house.Site.SendAsync(request, Stop);
    }

    /// <summary>A house whose time the tests let pass.</summary>
    public sealed class WebHouse(TestPostgreSql postgreSql) : IAsyncLifetime
    {
        public FakeTimeProvider Time { get; } = new(TimeProvider.System.GetUtcNow());

        public House House { get; private set; } = null!;

        public ValueTask InitializeAsync()
        {
            House = new House(postgreSql) { Clock = Time, Roles = "web" };
            return House.InitializeAsync();
        }

        public ValueTask DisposeAsync() => House.DisposeAsync();
    }
}

using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Deliverybot.Jobs.Events;
using Deliverybot.Sandbox.World;
using Deliverybot.Tests.Harness;
using Microsoft.Extensions.Time.Testing;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Contracts.Webhooks;

/// <summary>The examples are of 2018 and later, and an event of then is too old by now: the Site's clock says that it is 2018.</summary>
public sealed class AcceptedExamplesTests(TestPostgreSql postgreSql) : IAsyncLifetime
{
    private readonly House house = new(postgreSql) { Clock = new FakeTimeProvider(new DateTimeOffset(2018, 1, 1, 0, 0, 0, TimeSpan.Zero)) };

    private static CancellationToken Ended => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => house.InitializeAsync();

    public ValueTask DisposeAsync() => house.DisposeAsync();

    [Fact]
    public async Task Every_example_that_GitHub_gives_is_accepted()
    {
        var refused = new List<string>();
        foreach (var example in WebhookExamples.All)
        {
            var answer = await PostAsync(example);
            if (answer != HttpStatusCode.Accepted)
            {
                refused.Add($"{example}: {answer}");
            }
        }

        WebhookExamples.All.Select(example => example.Event).Distinct().ShouldBe(WebhookExamples.Events, ignoreOrder: true);
        refused.ShouldBeEmpty();
    }

    [Fact]
    public void Every_event_that_the_App_subscribes_to_has_examples() =>
        WebhookExamples.Events.ShouldBe([.. AppManifest.Events, "installation", "installation_repositories", "ping"], ignoreOrder: true);

    [Fact]
    public void Every_example_of_an_event_that_is_handled_can_be_read()
    {
        var handled = WebhookExamples.All.Where(example => Routes.Table.Find(example.Event) is not null).ToList();

        handled.ShouldNotBeEmpty();
        handled.Select(WhyUnreadable).OfType<string>().Distinct().ShouldBeEmpty();
    }

    private static string? WhyUnreadable(WebhookExample example)
    {
        if (EventRecords.Of(example.Event) is not { } record)
        {
            return $"{example.Event} is handled, but has no record";
        }

        try
        {
            example.Body.Deserialize(record).ShouldNotBeNull();
            var missing = EventRecords.MissingFrom(example.Body, record).ToList();
            return missing.Count == 0 ? null : $"{example} has no {string.Join(", ", missing)}";
        }
        catch (JsonException fault)
        {
            return $"{example}: {fault.Message}";
        }
    }

    private async Task<HttpStatusCode> PostAsync(WebhookExample example)
    {
        var body = Encoding.UTF8.GetBytes(example.Body.GetRawText());
        using var request = new HttpRequestMessage(HttpMethod.Post, "/_/webhooks/github") { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add("X-GitHub-Event", example.Event);
        request.Headers.Add("X-GitHub-Delivery", $"{Guid.NewGuid()}");
        var signature = HMACSHA256.HashData(Encoding.UTF8.GetBytes(house.GitHub.App.WebhookSecret), body);
        request.Headers.Add("X-Hub-Signature-256", $"sha256={Convert.ToHexStringLower(signature)}");
        using var answer = await house.Site.SendAsync(request, Ended);
        return answer.StatusCode;
    }
}

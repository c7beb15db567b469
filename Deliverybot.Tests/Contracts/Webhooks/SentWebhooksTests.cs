using System.Text;
using System.Text.Json;
using Deliverybot.Sandbox.Webhooks;
using Deliverybot.Tests.Contracts.Rest;
using Deliverybot.Tests.Sandbox;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Contracts.Webhooks;

/// <summary>What the stand-in GitHub sends, beside what GitHub sent.</summary>
public sealed class SentWebhooksTests
{
    [Fact]
    public async Task Webhooks_of_the_stand_in_have_the_fields_of_those_that_GitHub_sends()
    {
        var sent = await SendEveryEventAsync();
        var shapes = WebhookExamples.All
            .GroupBy(example => example.Event)
            .ToDictionary(examples => examples.Key, examples => PayloadShape.Of(examples.Select(example => example.Body)));

        sent.Select(delivery => delivery.Event).Distinct().ShouldBe(WebhookExamples.Events, ignoreOrder: true);
        sent.SelectMany(delivery => NotExcused(delivery, shapes[delivery.Event].Faults(Parse(delivery)))).Distinct().ShouldBeEmpty();
    }

    [Fact]
    public async Task Webhooks_of_the_stand_in_are_as_GitHub_describes_them()
    {
        var sent = await SendEveryEventAsync();
        var description = await GitHubDescription.GetAsync();

        sent.SelectMany(delivery => NotExcused(delivery, FaultsOf(delivery, description))).Distinct().ShouldBeEmpty();
    }

    [Fact]
    public async Task Webhooks_of_the_stand_in_have_every_field_that_we_read()
    {
        var sent = await SendEveryEventAsync();

        foreach (var deliveries in sent.GroupBy(delivery => delivery.Event))
        {
            var shape = PayloadShape.Of(deliveries.Select(Parse));
            if (EventRecords.Of(deliveries.Key) is { } record)
            {
                EventRecords.FieldsOf(record).Where(field => !shape.Has(field)).ShouldBeEmpty(deliveries.Key);
                deliveries.Select(Parse).ShouldAllBe(body => body.Deserialize(record) != null);
            }
        }
    }

    private static IEnumerable<string> FaultsOf(WebhookDelivery delivery, GitHubDescription description) =>
        description.EventNamed(delivery.Event, delivery.Action) is { } schema
            ? description.Faults(schema, Encoding.UTF8.GetString(delivery.Body.Span))
            : ["isn't described by GitHub"];

    private static IEnumerable<string> NotExcused(WebhookDelivery delivery, IEnumerable<string> faults) => faults
        .Where(fault => !WebhookExceptions.Excuse(delivery.Event, fault))
        .Select(fault => $"{delivery.Event} {delivery.Action} {fault}");

    private static JsonElement Parse(WebhookDelivery delivery) => JsonSerializer.Deserialize<JsonElement>(delivery.Body.Span);

    private static async Task<IReadOnlyList<WebhookDelivery>> SendEveryEventAsync()
    {
        await using var github = await SandboxDriver.StartAsync();
        EveryEvent.Cause(github);
        return github.World.Webhooks.Deliveries;
    }
}

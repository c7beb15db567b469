using System.Text.Json;
using Deliverybot.Sandbox.Webhooks;
using Deliverybot.Tests.Sandbox;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Contracts.Webhooks;

/// <summary>What the stand-in GitHub sends, beside what GitHub sent.</summary>
public sealed class SentWebhooksTests
{
    // The examples' own data, which differs from one to the other, and what came after the release that the sandbox stands for.
    private static readonly string[] Excused = [];

    [Fact]
    public async Task Webhooks_of_the_stand_in_have_the_fields_of_those_that_GitHub_sends()
    {
        var sent = await SendEveryEventAsync();
        var shapes = WebhookExamples.All
            .GroupBy(example => example.Event)
            .ToDictionary(examples => examples.Key, examples => PayloadShape.Of(examples.Select(example => example.Body)));

        var faults = sent.SelectMany(delivery => shapes[delivery.Event].Faults(Parse(delivery)).Select(fault => $"{delivery.Event} {fault}")).Distinct().ToList();

        sent.Select(delivery => delivery.Event).Distinct().ShouldBe(WebhookExamples.Events, ignoreOrder: true);
        faults.Where(fault => !Excused.Any(fault.Contains)).ShouldBeEmpty();
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

    private static JsonElement Parse(WebhookDelivery delivery) => JsonSerializer.Deserialize<JsonElement>(delivery.Body.Span);

    private static async Task<IReadOnlyList<WebhookDelivery>> SendEveryEventAsync()
    {
        await using var github = await SandboxDriver.StartAsync();
        EveryEvent.Cause(github);
        return github.World.Webhooks.Deliveries;
    }
}

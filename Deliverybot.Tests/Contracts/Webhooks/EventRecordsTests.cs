using System.Text.Json;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Contracts.Webhooks;

public sealed class EventRecordsTests
{
    [Fact]
    public void A_field_that_a_record_needs_is_missed()
    {
        var record = EventRecords.Of("status").ShouldNotBeNull();
        var status = JsonSerializer.Deserialize<JsonElement>("""{"sha":"0","state":"success","repository":{"id":1,"owner":{"login":"acme"}}}""");

        EventRecords.MissingFrom(status, record).ShouldBe(["/context", "/repository/name"], ignoreOrder: true);
    }

    [Fact]
    public void An_event_that_nothing_reads_has_no_record() => EventRecords.Of("watch").ShouldBeNull();
}

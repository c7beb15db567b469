using System.Text;
using Deliverybot.Jobs.Events;
using Deliverybot.Jobs.Events.Deliveries;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.Events;

public sealed class RoutesTests
{
    [Fact]
    public void Every_handler_has_its_event() =>
        Routes.All.SelectMany(route => route.Handlers).ShouldBe(
            typeof(IDeliveryHandler).Assembly.GetTypes().Where(type => type.IsClass && type.IsAssignableTo(typeof(IDeliveryHandler))), ignoreOrder: true);

    [Fact]
    public void Every_event_has_a_handler_and_one_line()
    {
        Routes.All.ShouldAllBe(route => !route.Handlers.IsEmpty);
        Routes.All.Select(route => route.Event).ShouldBeUnique();
    }

    [Theory]
    [InlineData("pull_request", """{"action":"closed"}""", false)]
    [InlineData("pull_request", """{"action":"labeled"}""", true)]
    [InlineData("pull_request", "{}", false)]
    [InlineData("pull_request", """{"action":7}""", false)]
    [InlineData("deployment", """{"action":"created"}""", false)]
    [InlineData("create", "{}", true)]
    [InlineData("ping", """{"zen":"Speak like a human."}""", true)]
    public void Only_what_is_known_to_lead_to_nothing_is_passed_over(string eventName, string body, bool leadsToNothing)
    {
        DeliveryEnvelope.TryRead(Routes.Table.Find(eventName), Encoding.UTF8.GetBytes(body), out var envelope).ShouldBeTrue();

        envelope.LeadsToNothing.ShouldBe(leadsToNothing);
    }
}

using Deliverybot.Site.Pages.Metrics;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Site;

public sealed class TimeUnitTests
{
    [Theory]
    [InlineData(30, "seconds", "30")]
    [InlineData(300, "minutes", "5")]
    [InlineData(7_000, "minutes", "116.667")]
    [InlineData(9_000, "hours", "2.5")]
    [InlineData(172_800, "days", "2")]
    public void A_chart_counts_in_the_unit_of_its_values(int longest, string unit, string number)
    {
        var chosen = TimeUnit.For([null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(longest)]);

        chosen.Many.ShouldBe(unit);
        chosen.Of(TimeSpan.FromSeconds(longest)).ShouldBe(number);
        chosen.Of(null).ShouldBeEmpty();
    }
}

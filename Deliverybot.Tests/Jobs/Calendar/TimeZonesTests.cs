using Deliverybot.Jobs.Calendar;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.Calendar;

public sealed class TimeZonesTests
{
    [Theory]
    [InlineData("Europe/Berlin")]
    [InlineData("America/Argentina/Buenos_Aires")]
    [InlineData("Etc/GMT+5")]
    [InlineData("UTC")]
    public void A_zone_is_found_by_its_name(string name) => TimeZones.NameOf(TimeZones.Find(name).ShouldNotBeNull()).ShouldBe(name);

    [Theory]
    [InlineData("Berlin")]
    [InlineData("europe/berlin")]
    [InlineData("W. Europe Standard Time")]
    [InlineData("../../../etc/passwd")]
    [InlineData("/usr/share/zoneinfo/Europe/Berlin")]
    [InlineData("Europe/../Europe/Berlin")]
    [InlineData("Europe")]
    [InlineData("")]
    public void Nothing_else_is(string name) => TimeZones.Find(name).ShouldBeNull();

    [Theory]
    [InlineData("Berlin", "Europe/Berlin")]
    [InlineData("europe/berlin", "Europe/Berlin")]
    [InlineData("new york", "America/New_York")]
    [InlineData("utc", "UTC")]
    [InlineData("Atlantis", null)]
    public void Who_writes_the_city_alone_is_told_the_zone(string name, string? nearest) => TimeZones.Nearest(name).ShouldBe(nearest);

    [Theory]
    [InlineData("30m", 30, "30m", "30 minutes")]
    [InlineData("1m", 1, "1m", "1 minute")]
    [InlineData("1d12h", 2160, "1d12h", "1 day 12 hours")]
    [InlineData("90m", 90, "1h30m", "1 hour 30 minutes")]
    public void A_length_is_read_written_and_said(string text, int minutes, string written, string words)
    {
        var length = Length.TryParse(text).ShouldNotBeNull();
        length.ShouldBe(TimeSpan.FromMinutes(minutes));
        Length.Text(length).ShouldBe(written);
        Length.Words(length).ShouldBe(words);
    }

    [Theory]
    [InlineData("30")]
    [InlineData("")]
    [InlineData("h")]
    [InlineData("30 m")]
    [InlineData("30m1h")]
    [InlineData("-30m")]
    [InlineData("99999999m")]
    public void Nothing_else_is_a_length(string text) => Length.TryParse(text).ShouldBeNull();
}

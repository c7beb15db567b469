using System.Globalization;
using Deliverybot.Jobs.Calendar;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.Calendar;

public sealed class MomentTests
{
    /// <summary>It is Wednesday, 2026-11-25, 13:00 in Berlin.</summary>
    private static readonly DateTimeOffset Now = Utc("2026-11-25 12:00");

    [Theory]
    [InlineData("18:00", "2026-11-25 17:00")]
    [InlineData("12:00", "2026-11-26 11:00")]
    [InlineData("fri 18:00", "2026-11-27 17:00")]
    [InlineData("Tue  09:00", "2026-12-01 08:00")]
    [InlineData("wed 12:00", "2026-12-02 11:00")]
    [InlineData("wed 14:00", "2026-11-25 13:00")]
    [InlineData("2026-12-24 18:00", "2026-12-24 17:00")]
    [InlineData("2026-07-01T18:00", "2026-07-01 16:00")]
    [InlineData("2026-12-24", "2026-12-23 23:00")]
    [InlineData("2026-10-25 02:30", "2026-10-25 00:30")]
    [InlineData("2026-03-29 02:30", "2026-03-29 01:00")]
    public void It_is_read_by_the_clock_of_the_zone(string text, string moment) =>
        Moment.TryParse(text, TimeZones.Of("Europe/Berlin"), Now).ShouldBe(Utc(moment));

    [Theory]
    [InlineData("")]
    [InlineData("fri")]
    [InlineData("tomorrow 18:00")]
    [InlineData("18")]
    [InlineData("2026-02-30 18:00")]
    [InlineData("9999-12-31 18:00")]
    [InlineData("fri 18:00 or so")]
    public void Nothing_else_is(string text) => Moment.TryParse(text, TimeZones.Of("Europe/Berlin"), Now).ShouldBeNull();

    private static DateTimeOffset Utc(string text) => DateTimeOffset.ParseExact(text, "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}

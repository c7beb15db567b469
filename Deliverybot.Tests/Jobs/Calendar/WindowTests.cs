using System.Globalization;
using CsCheck;
using Deliverybot.Jobs.Calendar;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.Calendar;

public sealed class WindowTests
{
    private static readonly string[] Zones = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "UTC"];

    /// <summary>The days around which clocks are changed there, and others.</summary>
    private static readonly string[] Days =
        ["2026-03-08", "2026-03-29", "2026-04-05", "2026-10-04", "2026-10-25", "2026-11-01", "2026-06-15", "2026-12-30", "2028-02-28"];

    private static readonly string[] Spans =
    [
        "mon-fri 09:00-17:00", "daily 22:00-02:00", "sun 01:00-02:30", "sun 02:00-02:30", "sun 02:10-02:50", "sun 01:30-02:00", "sat,sun 02:30-03:15", "daily 00:00-24:00",
        "fri-mon 23:45-00:15", "1st sun 02:15-02:45", "last sun 02:45-03:00", "2nd sun 01:59-03:01", "4th sat 23:00-03:00", "wed 12:00-12:00", "sun 23:00-24:00",
    ];

    [Theory]

    // In the spring the clock goes from 02:00 to 03:00 at 01:00 UTC.
    [InlineData("Europe/Berlin", "sun 02:30-04:00", "2026-03-28 12:00", "2026-03-29 01:00")]
    [InlineData("Europe/Berlin", "sun 02:10-02:50", "2026-03-28 12:00", "2026-04-05 00:10")]
    [InlineData("Europe/Berlin", "sun 01:00-02:30", "2026-03-28 12:00", "2026-03-29 00:00")]
    [InlineData("Europe/Berlin", "sun 02:00-03:00", "2026-03-28 12:00", "2026-04-05 00:00")]
    [InlineData("Europe/Berlin", "sat 22:00-02:30", "2026-03-29 01:00", "2026-04-04 20:00")]

    // In the autumn it goes from 03:00 back to 02:00 at 01:00 UTC.
    [InlineData("Europe/Berlin", "sun 02:00-02:30", "2026-10-25 00:31", "2026-10-25 01:00")]
    [InlineData("Europe/Berlin", "sun 01:00-02:30", "2026-10-25 00:45", "2026-10-25 01:00")]
    [InlineData("Europe/Berlin", "sun 02:30-03:00", "2026-10-24 12:00", "2026-10-25 00:30")]
    [InlineData("Europe/Berlin", "sun 02:30-03:00", "2026-10-25 01:00", "2026-10-25 01:30")]
    [InlineData("Europe/Berlin", "mon-fri 09:00-17:00", "2026-10-23 16:00", "2026-10-26 08:00")]
    [InlineData("Europe/Berlin", "mon-fri 09:00-17:00", "2026-03-27 16:00", "2026-03-30 07:00")]
    [InlineData("America/New_York", "sun 02:30-04:00", "2026-03-07 12:00", "2026-03-08 07:00")]
    [InlineData("America/New_York", "sun 01:00-01:15", "2026-11-01 05:20", "2026-11-01 06:00")]
    [InlineData("America/New_York", "mon-thu 09:00-16:00", "2026-11-26 22:00", "2026-11-30 14:00")]

    // Half an hour: back from 02:00 to 01:30 in April, on from 02:00 to 02:30 in October.
    [InlineData("Australia/Lord_Howe", "sun 01:30-01:45", "2026-04-04 14:50", "2026-04-04 15:00")]
    [InlineData("Australia/Lord_Howe", "sun 02:00-02:15", "2026-10-03 12:00", "2026-10-10 15:00")]
    [InlineData("Australia/Lord_Howe", "sun 02:10-03:00", "2026-10-03 12:00", "2026-10-03 15:30")]
    [InlineData("Asia/Kolkata", "mon-fri 09:00-17:00", "2026-11-27 12:00", "2026-11-30 03:30")]

    // Within it, now is the next time.
    [InlineData("Europe/Berlin", "daily 22:00-02:00", "2026-11-27 23:59", "2026-11-27 23:59")]
    [InlineData("UTC", "last sat 06:00-10:00", "2026-11-28 10:00", "2026-12-26 06:00")]
    [InlineData("UTC", "1st sat 06:00-10:00", "2026-11-28 10:00", "2026-12-05 06:00")]
    [InlineData("UTC", "2nd sat 06:00-10:00", "2026-11-28 10:00", "2026-12-12 06:00")]
    [InlineData("UTC", "last sat 22:00-02:00", "2026-02-28 23:30", "2026-02-28 23:30")]
    [InlineData("UTC", "last sat 22:00-02:00", "2026-03-01 01:59", "2026-03-01 01:59")]
    [InlineData("UTC", "last sat 22:00-02:00", "2026-03-01 02:00", "2026-03-28 22:00")]
    public void It_opens_by_the_clock_on_the_wall(string zone, string spans, string from, string opens) =>
        Window(spans).Opens(TimeZones.Of(zone), Utc(from)).ShouldBe(Utc(opens));

    [Theory]
    [InlineData("Europe/Berlin", "sun 02:15-02:45", "2026-10-25 00:20", true)]
    [InlineData("Europe/Berlin", "sun 02:15-02:45", "2026-10-25 00:50", false)]
    [InlineData("Europe/Berlin", "sun 02:15-02:45", "2026-10-25 01:20", true)]
    [InlineData("Europe/Berlin", "sun 01:30-03:30", "2026-03-29 01:10", true)]
    [InlineData("UTC", "wed 12:00-12:00", "2026-11-26 11:59", true)]
    [InlineData("UTC", "wed 12:00-12:00", "2026-11-26 12:00", false)]
    [InlineData("UTC", "sun 23:00-24:00", "2026-11-30 00:00", false)]
    [InlineData("UTC", "fri-mon 09:00-10:00", "2026-11-28 09:30", true)]
    [InlineData("UTC", "fri-mon 09:00-10:00", "2026-11-26 09:30", false)]
    public void A_moment_is_inside_if_the_clock_on_the_wall_is(string zone, string spans, string moment, bool isInside) =>
        (Window(spans).At(WallClock.At(TimeZones.Of(zone), Utc(moment))) is not null).ShouldBe(isInside);

    [Fact]
    public void The_next_opening_is_inside_and_no_earlier_minute_is() =>
        (from zone in Gen.Int[0, Zones.Length - 1]
         from day in Gen.Int[0, Days.Length - 1]
         from minutes in Gen.Int[-3 * 1440, 1440]
         from seconds in Gen.Int[0, 59]
         from spans in Gen.Int[0, Spans.Length - 1].Array[1, 3]
         select (Zones[zone], Utc(Days[day] + " 00:00").AddMinutes(minutes).AddSeconds(seconds), string.Join('|', spans.Select(index => Spans[index]))))
        .Sample(
            (name, from, spans) =>
            {
                var (zone, window) = (TimeZones.Of(name), Window(spans));
                var opens = window.Opens(zone, from).ShouldNotBeNull();
                window.At(WallClock.At(zone, opens)).ShouldNotBeNull();
                opens.ShouldBeGreaterThanOrEqualTo(from);
                for (var minute = from; minute < opens; minute = minute.AddMinutes(1))
                {
                    window.At(WallClock.At(zone, minute)).ShouldBeNull($"{minute:u} is inside, before {opens:u}");
                }

                if (opens > from)
                {
                    window.At(WallClock.At(zone, opens.AddSeconds(-1))).ShouldBeNull();
                }
            },
            iter: 400);

    [Theory]
    [InlineData("mon-fri 9-17", "write hours and minutes, mon-fri 09:00-17:00")]
    [InlineData("mon-fri 9:00-17:30", "write hours and minutes, mon-fri 09:00-17:30")]
    [InlineData("mon-fri", "write days and hours, such as mon-fri 09:00-17:00")]
    [InlineData("mon-fri morning", "write hours and minutes, mon-fri 09:00-17:00")]
    [InlineData("mon 09:00-25:00", "there is no time 25:00: the last is 24:00")]
    [InlineData("mon 09:00-12:60", "there is no time 12:60: the last is 24:00")]
    [InlineData("mon 24:00-02:00", "nothing begins at 24:00: write mon 00:00-02:00, and the days that follow")]
    [InlineData("mon-fry 09:00-17:00", "there is no day fry")]
    [InlineData("Monday 09:00-17:00", "there is no day Monday")]
    [InlineData("5th sat 09:00-17:00", "there is no 5th")]
    [InlineData("mon, thu 09:00-17:00", "write its days without spaces, mon,thu")]
    public void What_cannot_be_read_says_what_to_write(string text, string why)
    {
        WindowSpan.TryParse(text, out var misread).ShouldBeNull();
        misread.ShouldNotBeNull().Why.ShouldBe(why);
    }

    [Fact]
    public void What_never_comes_is_not_sought_for_ever() =>
        WallClock.First(TimeZoneInfo.Utc, Utc("2026-11-28 10:00"), _ => false, _ => []).ShouldBeNull();

    private static Window Window(string spans) =>
        new([.. spans.Split('|').Select(text => WindowSpan.TryParse(text, out var misread) ?? throw new ShouldAssertException($"{text}: {misread}"))]);

    private static DateTimeOffset Utc(string text) => DateTimeOffset.ParseExact(text, "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}

using System.Globalization;
using CsCheck;
using Deliverybot.Jobs.Calendar;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.Calendar;

public sealed class FreezeTests
{
    private static readonly TimeZoneInfo Berlin = TimeZones.Of("Europe/Berlin");

    private static readonly Freeze Christmas = Dated("2026-12-19 00:00", "2027-01-05 00:00", "Christmas");
    private static readonly Freeze Weekend = Weekly("fri 16:00 - mon 07:00", "weekend");

    [Theory]
    [InlineData("2026-12-18 22:59", false)]
    [InlineData("2026-12-18 23:00", true)]
    [InlineData("2027-01-04 22:59", true)]
    [InlineData("2027-01-04 23:00", false)]
    public void Days_are_frozen_whole(string moment, bool isFrozen) => Christmas.Contains(WallClock.At(Berlin, Utc(moment))).ShouldBe(isFrozen);

    [Theory]
    [InlineData("fri 16:00 - mon 07:00", "2026-11-27 15:59", null)]
    [InlineData("fri 16:00 - mon 07:00", "2026-11-27 16:00", "2026-11-30 07:00")]
    [InlineData("fri 16:00 - mon 07:00", "2026-11-30 06:59", "2026-11-30 07:00")]
    [InlineData("fri 16:00 - mon 07:00", "2026-11-30 07:00", null)]
    [InlineData("sat 00:00 - sun 24:00", "2026-11-29 23:59", "2026-11-30 00:00")]
    [InlineData("sat 00:00 - sun 24:00", "2026-11-30 00:00", null)]
    [InlineData("wed 12:00 - wed 13:00", "2026-11-25 12:30", "2026-11-25 13:00")]
    [InlineData("wed 13:00 - wed 12:00", "2026-11-25 12:30", null)]
    [InlineData("wed 13:00 - wed 12:00", "2026-11-25 11:59", "2026-11-25 12:00")]
    public void One_of_each_week_ends(string span, string moment, string? ends) =>
        Ends(Utc(moment), TimeZoneInfo.Utc, Weekly(span, "")).ShouldBe(ends is null ? null : Utc(ends));

    /// <summary>The clock of Berlin goes back at 01:00 UTC on 2026-10-25, and on at that time on 2026-03-29.</summary>
    [Theory]
    [InlineData("2026-10-24 00:00", "2026-10-25 02:30", "2026-10-24 12:00", "2026-10-25 00:30")]
    [InlineData("2026-10-24 00:00", "2026-10-25 02:30", "2026-10-25 01:10", "2026-10-25 01:30")]
    [InlineData("2026-03-28 00:00", "2026-03-29 02:30", "2026-03-28 12:00", "2026-03-29 01:00")]
    [InlineData("2026-01-01 00:00", "2031-01-01 00:00", "2026-06-01 12:00", "2030-12-31 23:00")]
    public void One_that_ends_on_a_day_ends_by_the_clock_on_the_wall(string from, string until, string moment, string ends) =>
        Dated(from, until, "").Ends(Berlin, Utc(moment)).ShouldBe(Utc(ends));

    [Fact]
    public void Of_two_the_later_end_counts_and_the_one_that_reaches_so_far_is_named()
    {
        var frozen = At("2026-12-26 12:00", Christmas, Weekend).ShouldNotBeNull();

        frozen.Until.ShouldBe(Utc("2027-01-04 23:00"));
        frozen.By.ShouldBe(["Christmas"]);
    }

    [Fact]
    public void One_that_begins_before_another_has_ended_goes_on_with_it()
    {
        var frozen = At("2026-12-30 12:00", Dated("2026-12-19 00:00", "2027-01-03 00:00", "Christmas"), Weekend).ShouldNotBeNull();

        frozen.Until.ShouldBe(Utc("2027-01-04 06:00"));
        frozen.By.ShouldBe(["Christmas", "weekend"]);
    }

    [Fact]
    public void Two_that_follow_each_other_for_ever_have_no_end()
    {
        var frozen = At("2026-11-25 12:00", Weekly("mon 00:00 - thu 00:00", "a"), Weekly("thu 00:00 - mon 00:00", "b")).ShouldNotBeNull();

        frozen.Until.ShouldBeNull();
        frozen.By.ShouldBe(["a", "b"]);
    }

    [Fact]
    public void Nothing_is_frozen_between_them() => At("2026-12-16 12:00", Christmas, Weekend).ShouldBeNull();

    [Fact]
    public void At_its_end_nothing_is_frozen_and_a_minute_before_it_is() =>
        (from day in Gen.Int[0, 120]
         from minutes in Gen.Int[0, 1439]
         select Utc("2026-09-15 00:00").AddDays(day).AddMinutes(minutes)).Sample(
            moment =>
            {
                Freeze[] all = [Christmas, Weekend, Weekly("tue 23:30 - wed 02:30", "backup"), Dated("2026-10-24 12:00", "2026-10-25 02:30", "clocks")];
                var isFrozen = all.Any(freeze => freeze.Contains(WallClock.At(Berlin, moment)));
                var frozen = Frozen<string>.At(moment, [.. all.Select(freeze => Frost(freeze, Berlin))]);
                (frozen is not null).ShouldBe(isFrozen);
                for (var minute = moment; minute < frozen?.Until; minute = minute.AddMinutes(1))
                {
                    all.Any(freeze => freeze.Contains(WallClock.At(Berlin, minute))).ShouldBeTrue();
                }

                all.Any(freeze => freeze.Contains(WallClock.At(Berlin, frozen?.Until ?? moment))).ShouldBeFalse();
            },
            iter: 300);

    [Theory]
    [InlineData("production", true, true, true)]
    [InlineData("eu", false, false, true)]
    [InlineData("EU", true, true, true)]
    [InlineData("staging", false, false, false)]
    public void It_concerns_the_environments_that_it_names(string environment, bool isProduction, bool byDefault, bool named)
    {
        Christmas.Concerns(environment, isProduction).ShouldBe(byDefault);
        (Christmas with { Environments = ["production", "eu"] }).Concerns(environment, isProduction).ShouldBe(named);
        (Christmas with { Environments = ["all"] }).Concerns(environment, isProduction).ShouldBeTrue();
    }

    [Theory]
    [InlineData("fri 16:00-mon 07:00", "write a day and a time, twice, such as fri 16:00 - mon 07:00")]
    [InlineData("fri 16 - mon 7", "write hours and minutes, fri 16:00 - mon 07:00")]
    [InlineData("friday 16:00 - mon 07:00", "there is no day friday")]
    [InlineData("fri 16:00 - fri 16:00", "it ends when it begins")]
    [InlineData("mon 00:00 - sun 24:00", "it ends when it begins")]
    public void What_cannot_be_read_says_what_to_write(string text, string why)
    {
        WeeklySpan.TryParse(text, out var misread).ShouldBeNull();
        misread.ShouldNotBeNull().Why.ShouldBe(why);
    }

    private static Frozen<string>? At(string moment, params Freeze[] freezes) => Frozen<string>.At(Utc(moment), [.. freezes.Select(freeze => Frost(freeze, Berlin))]);

    private static DateTimeOffset? Ends(DateTimeOffset moment, TimeZoneInfo zone, Freeze freeze) => Frozen<string>.At(moment, [Frost(freeze, zone)])?.Until;

    private static Frost<string> Frost(Freeze freeze, TimeZoneInfo zone) =>
        new(freeze.Reason, moment => freeze.Contains(WallClock.At(zone, moment)), moment => freeze.Ends(zone, moment));

    private static Freeze Dated(string from, string until, string reason) =>
        new() { From = Utc(from).DateTime, Until = Utc(until).DateTime, Reason = reason };

    private static Freeze Weekly(string span, string reason) =>
        new() { Weekly = WeeklySpan.TryParse(span, out var misread) ?? throw new ShouldAssertException($"{span}: {misread}"), Reason = reason };

    private static DateTimeOffset Utc(string text) => DateTimeOffset.ParseExact(text, "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}

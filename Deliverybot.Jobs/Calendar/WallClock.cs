using System.Globalization;

namespace Deliverybot.Jobs.Calendar;

/// <summary>
/// What the clock on the wall shows in a zone, and when it shows something. The hour that comes twice is shown twice, the hour that is
/// skipped never: nothing else is known of daylight saving.
/// </summary>
internal static class WallClock
{
    /// <summary>So many days ahead something is looked for.</summary>
    public const int DaysAhead = 400;

    public static DateTime At(TimeZoneInfo zone, DateTimeOffset moment) => TimeZoneInfo.ConvertTime(moment, zone).DateTime;

    /// <summary>What the wall shows then, for people: "Mon 2026-11-30 09:00".</summary>
    public static string Text(TimeZoneInfo zone, DateTimeOffset moment) => At(zone, moment).ToString("ddd yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    /// <summary>The first moment from that one on at which the wall shows such a time; null: none in the next 400 days.</summary>
    /// <param name="isIt">Whether the wall shows it; changes at whole minutes alone.</param>
    /// <param name="edges">Times of the wall at which that may change: all of a day's, and others may be among them.</param>
    public static DateTimeOffset? First(
        TimeZoneInfo zone, DateTimeOffset from, Func<DateTime, bool> isIt, Func<DateOnly, IEnumerable<DateTime>> edges)
    {
        if (isIt(At(zone, from)))
        {
            return from;
        }

        var begin = WholeMinuteFrom(from);
        for (var day = 0; day <= DaysAhead; day++, begin = begin.AddDays(1))
        {
            // A day and night without a change of the clock is looked at by the edges, one with by the minute.
            var found = zone.GetUtcOffset(begin) == zone.GetUtcOffset(begin.AddDays(1))
                ? FirstEdge(zone, begin, isIt, edges)
                : FirstMinute(zone, begin, isIt);
            if (found is not null)
            {
                return found;
            }
        }

        return null;
    }

    private static DateTimeOffset? FirstEdge(
        TimeZoneInfo zone, DateTimeOffset begin, Func<DateTime, bool> isIt, Func<DateOnly, IEnumerable<DateTime>> edges)
    {
        var shown = At(zone, begin);
        var today = DateOnly.FromDateTime(shown);
        return new[] { today.AddDays(-1), today, today.AddDays(1) }
            .SelectMany(edges)
            .Append(shown)
            .Where(edge => edge >= shown && edge < shown.AddDays(1))
            .Order()
            .Where(isIt)
            .Select(edge => (DateTimeOffset?)(begin + (edge - shown)))
            .FirstOrDefault();
    }

    private static DateTimeOffset? FirstMinute(TimeZoneInfo zone, DateTimeOffset begin, Func<DateTime, bool> isIt)
    {
        for (var minute = begin; minute < begin.AddDays(1); minute = minute.AddMinutes(1))
        {
            if (isIt(At(zone, minute)))
            {
                return minute;
            }
        }

        return null;
    }

    private static DateTimeOffset WholeMinuteFrom(DateTimeOffset moment)
    {
        var utc = moment.ToUniversalTime();
        var past = utc.Ticks % TimeSpan.TicksPerMinute;
        return past == 0 ? utc : utc.AddTicks(TimeSpan.TicksPerMinute - past);
    }
}

using System.Globalization;

namespace Deliverybot.Jobs.Calendar;

/// <summary>A moment as people name it by the clock on the wall.</summary>
internal static class Moment
{
    private const int DateLength = 10;

    /// <param name="text"><c>18:00</c>, the next such time; <c>fri 18:00</c>, on the next such day; <c>2026-11-27 18:00</c>; <c>2026-11-27</c>, its beginning.</param>
    /// <returns>Null where it is no such moment. The hour that comes twice is the first of both, the one that is skipped the moment after it.</returns>
    public static DateTimeOffset? TryParse(string text, TimeZoneInfo zone, DateTimeOffset now)
    {
        var written = text.Length > DateLength && text[DateLength] is ('T' or 't') ? $"{text[..DateLength]} {text[(DateLength + 1)..]}" : text;
        var words = written.ToLowerInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var today = DateOnly.FromDateTime(WallClock.At(zone, now));
        return words switch
        {
            [var time] when TimeOfDay.TryParse(time) is { } minutes => Next(_ => true, minutes),
            [var day] when DayOf(day) is { } date => At(zone, date, minutes: 0),
            [var day, var time] when TimeOfDay.TryParse(time) is { } minutes && DayOf(day) is { } date => At(zone, date, minutes),
            [var day, var time] when TimeOfDay.TryParse(time) is { } minutes && WeekDays.Names.Contains(day) =>
                Next(date => WeekDays.Names[WeekDays.IndexOf(date)] == day, minutes),
            _ => null,
        };

        DateTimeOffset? Next(Func<DateOnly, bool> isIt, int minutes) =>
            Enumerable.Range(0, 9).Select(today.AddDays).Where(isIt).Select(date => At(zone, date, minutes)).First(at => at >= now);
    }

    private static DateOnly? DayOf(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) && date.Year is >= 2000 and <= 9000 ? date : null;

    private static DateTimeOffset At(TimeZoneInfo zone, DateOnly date, int minutes)
    {
        var wall = date.ToDateTime(TimeOnly.MinValue).AddMinutes(minutes);
        while (zone.IsInvalidTime(wall))
        {
            wall = wall.AddMinutes(1);
        }

        var offset = zone.IsAmbiguousTime(wall) ? zone.GetAmbiguousTimeOffsets(wall).Max() : zone.GetUtcOffset(wall);
        return new DateTimeOffset(wall, offset).ToUniversalTime();
    }
}

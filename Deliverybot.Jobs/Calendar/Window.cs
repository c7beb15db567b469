using System.Collections.Immutable;

namespace Deliverybot.Jobs.Calendar;

/// <summary>When something may happen: the spans of the week by the clock on the wall. There is at least one.</summary>
internal sealed record Window(ImmutableArray<WindowSpan> Spans)
{
    public string Text => string.Join(", ", Spans.Select(span => span.Text));

    /// <summary>The span that holds what the wall shows; null: it is closed.</summary>
    public WindowSpan? At(DateTime wall) => Spans.FirstOrDefault(span => span.Contains(wall));

    /// <summary>The first moment from that one on at which it is open; null: none in the next 400 days.</summary>
    public DateTimeOffset? Opens(TimeZoneInfo zone, DateTimeOffset from) =>
        WallClock.First(zone, from, wall => At(wall) is not null, day => Spans.SelectMany(span => span.EdgesOf(day)));

    public bool Equals(Window? other) => other is not null && Spans.SequenceEqual(other.Spans);

    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);
}

/// <summary>A span of the days that it names: <c>mon-fri 09:00-17:00</c>. One whose end isn't after its start ends on the next day.</summary>
internal sealed record WindowSpan
{
    private WindowSpan(WeekDays days, int from, int until) => (Days, From, Until) = (days, from, until > from ? until : until + TimeOfDay.MinutesADay);

    public WeekDays Days { get; }

    /// <summary>In minutes from midnight.</summary>
    public int From { get; }

    /// <summary>In minutes from the midnight with which its day begins: more than a day's where it ends on the next.</summary>
    public int Until { get; }

    /// <summary>As it is written.</summary>
    public string Text => $"{Days.Text} {Hours(From, Until > TimeOfDay.MinutesADay ? Until - TimeOfDay.MinutesADay : Until)}";

    public bool Contains(DateTime wall)
    {
        var today = DateOnly.FromDateTime(wall);
        return Holds(today, wall) || Holds(today.AddDays(-1), wall);
    }

    /// <summary>When it begins and ends if it begins on that day.</summary>
    public IEnumerable<DateTime> EdgesOf(DateOnly day) => Days.Includes(day) ? [Time(day, From), Time(day, Until)] : [];

    /// <summary>Reads one; where that fails, <paramref name="misread"/> says what would be right.</summary>
    public static WindowSpan? TryParse(string text, out Misread? misread)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length < 2)
        {
            misread = new Misread("write days and hours, such as mon-fri 09:00-17:00");
            return null;
        }

        var (days, hours) = (string.Join(' ', words[..^1]), words[^1]);
        if (WeekDays.TryParse(days, out misread) is not { } read)
        {
            return null;
        }

        if (hours.Split('-') is [var begin, var end] && TimeOfDay.TryParse(begin) is { } from and < TimeOfDay.MinutesADay && TimeOfDay.TryParse(end) is { } until)
        {
            return new WindowSpan(read, from, until);
        }

        misread = MisreadHours(days, hours);
        return null;
    }

    private static Misread MisreadHours(string days, string hours)
    {
        var parts = hours.Split('-');
        if (parts is not [var begin, var end])
        {
            return new Misread($"write hours and minutes, {days} 09:00-17:00");
        }

        if (Array.Find(parts, part => part.Length == 5 && part[2] == ':' && part.Where((_, index) => index != 2).All(char.IsAsciiDigit) && TimeOfDay.TryParse(part) is null) is { } none)
        {
            return new Misread($"there is no time {none}: the last is 24:00");
        }

        return (TimeOfDay.TryGuess(begin), TimeOfDay.TryGuess(end)) switch
        {
            (TimeOfDay.MinutesADay, not null) => new Misread($"nothing begins at 24:00: write {days} {Hours(0, TimeOfDay.TryGuess(end)!.Value)}, and the days that follow"),
            ({ } from, { } until) => new Misread($"write hours and minutes, {days} {Hours(from, until)}"),
            _ => new Misread($"write hours and minutes, {days} 09:00-17:00"),
        };
    }

    private static string Hours(int from, int until) => $"{TimeOfDay.Text(from)}-{TimeOfDay.Text(until)}";

    private static DateTime Time(DateOnly day, int minutes) => day.ToDateTime(TimeOnly.MinValue).AddMinutes(minutes);

    private bool Holds(DateOnly day, DateTime wall) => Days.Includes(day) && Time(day, From) <= wall && wall < Time(day, Until);
}

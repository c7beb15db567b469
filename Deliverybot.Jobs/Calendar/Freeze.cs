using System.Collections.Immutable;
using System.Globalization;

namespace Deliverybot.Jobs.Calendar;

/// <summary>When nothing is deployed, and where: between two times of the wall, or each week.</summary>
internal sealed record Freeze
{
    /// <summary>Stands for all environments.</summary>
    public const string All = "all";

    /// <summary>Stands for those that end users work with.</summary>
    public const string Production = "production";

    /// <summary>What the wall shows when it begins; null: it comes each week.</summary>
    public DateTime? From { get; init; }

    /// <summary>What the wall shows when it is over; null: it comes each week.</summary>
    public DateTime? Until { get; init; }

    public WeeklySpan? Weekly { get; init; }

    /// <summary>Empty: none is given.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Names of environments, or the words above; empty: those that end users work with.</summary>
    public ImmutableArray<string> Environments { get; init; } = [];

    /// <summary>When it is, for people: "2026-12-19 00:00 to 2027-01-05 00:00", "fri 16:00 - mon 07:00 each week".</summary>
    public string When => Weekly is { } weekly
        ? $"{weekly.Text} each week"
        : string.Create(CultureInfo.InvariantCulture, $"{From:yyyy-MM-dd HH:mm} to {Until:yyyy-MM-dd HH:mm}");

    public bool Concerns(string environment, bool isProduction) => Environments is []
        ? isProduction
        : Environments.Any(named => named switch
        {
            All => true,
            Production => isProduction,
            _ => named.Equals(environment, StringComparison.OrdinalIgnoreCase),
        });

    public bool Contains(DateTime wall) => Weekly?.Contains(wall) ?? (From <= wall && wall < Until);

    /// <summary>Whether it will never be any more.</summary>
    public bool IsPast(DateTime wall) => Until <= wall;

    /// <summary>The first moment from that one on at which it isn't in force; null: none in the next 400 days.</summary>
    public DateTimeOffset? Ends(TimeZoneInfo zone, DateTimeOffset from)
    {
        // Its end may lie years ahead: nothing changes before.
        var near = Until is { } end && end.AddDays(-2) > WallClock.At(zone, from)
            ? new DateTimeOffset(end.AddDays(-1) - zone.BaseUtcOffset, TimeSpan.Zero)
            : from;
        return WallClock.First(zone, near > from ? near : from, wall => !Contains(wall), EdgesOf);
    }

    public bool Equals(Freeze? other) => other is not null
        && From == other.From && Until == other.Until && Weekly == other.Weekly && Reason == other.Reason && Environments.SequenceEqual(other.Environments);

    public override int GetHashCode() => HashCode.Combine(From, Until, Weekly, Reason);

    /// <summary>Times of the wall at which it begins or ends: all of that day's, and others may be among them.</summary>
    public IEnumerable<DateTime> EdgesOf(DateOnly day) => Weekly?.EdgesOf(day) ?? [From ?? default, Until ?? default];
}

/// <summary>A span that comes each week, from one day's time to another's: <c>fri 16:00 - mon 07:00</c>.</summary>
internal sealed record WeeklySpan
{
    private const int MinutesAWeek = 7 * TimeOfDay.MinutesADay;

    private readonly int _from;
    private readonly int _until;

    private WeeklySpan(string text, int from, int until) => (Text, _from, _until) = (text, from, until);

    /// <summary>As it is written.</summary>
    public string Text { get; }

    public bool Contains(DateTime wall)
    {
        var now = (WeekDays.IndexOf(DateOnly.FromDateTime(wall)) * TimeOfDay.MinutesADay) + (int)wall.TimeOfDay.TotalMinutes;
        return _from < _until ? _from <= now && now < _until : _from <= now || now < _until;
    }

    public IEnumerable<DateTime> EdgesOf(DateOnly day) =>
        new[] { _from, _until % MinutesAWeek }
            .Where(edge => edge / TimeOfDay.MinutesADay == WeekDays.IndexOf(day))
            .Select(edge => day.ToDateTime(TimeOnly.MinValue).AddMinutes(edge % TimeOfDay.MinutesADay));

    /// <summary>Reads one; where that fails, <paramref name="misread"/> says what would be right.</summary>
    public static WeeklySpan? TryParse(string text, out Misread? misread)
    {
        misread = null;
        if (text.Split(' ', StringSplitOptions.RemoveEmptyEntries) is not [var fromDay, var fromTime, "-", var untilDay, var untilTime])
        {
            misread = new Misread("write a day and a time, twice, such as fri 16:00 - mon 07:00");
            return null;
        }

        if (!WeekDays.TryDay(fromDay, out var from, ref misread) || !WeekDays.TryDay(untilDay, out var until, ref misread))
        {
            return null;
        }

        if (TimeOfDay.TryParse(fromTime) is not ({ } begin and < TimeOfDay.MinutesADay) || TimeOfDay.TryParse(untilTime) is not { } end)
        {
            misread = new Misread($"write hours and minutes, {fromDay} {Guess(fromTime, "16:00")} - {untilDay} {Guess(untilTime, "07:00")}");
            return null;
        }

        var (first, last) = ((from * TimeOfDay.MinutesADay) + begin, (until * TimeOfDay.MinutesADay) + end);
        if (first == last % MinutesAWeek)
        {
            misread = new Misread("it ends when it begins");
            return null;
        }

        return new WeeklySpan($"{fromDay} {fromTime} - {untilDay} {untilTime}", first, last);
    }

    private static string Guess(string written, string otherwise) =>
        TimeOfDay.TryGuess(written) is { } meant ? TimeOfDay.Text(meant) : otherwise;
}

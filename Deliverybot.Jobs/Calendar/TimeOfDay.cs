using System.Globalization;
using System.Text.RegularExpressions;

namespace Deliverybot.Jobs.Calendar;

/// <summary>Times of the day as they are written, in minutes from midnight.</summary>
internal static partial class TimeOfDay
{
    public const int MinutesADay = 24 * 60;

    /// <summary>Reads <c>hh:mm</c>, 24:00 included; null where it is no such time.</summary>
    public static int? TryParse(string text) =>
        Exact.Match(text) is { Success: true } written ? Minutes(written.Groups[1].Value, written.Groups[2].Value) : null;

    /// <summary>The same of what was meant: <c>9</c>, <c>9:30</c>, <c>9.30</c>.</summary>
    public static int? TryGuess(string text) =>
        Loose.Match(text) is { Success: true } written ? Minutes(written.Groups[1].Value, written.Groups[2].Value) : null;

    public static string Text(int minutes) => string.Create(CultureInfo.InvariantCulture, $"{minutes / 60:00}:{minutes % 60:00}");

    private static int? Minutes(string hours, string minutes)
    {
        var (hour, minute) = (int.Parse(hours, CultureInfo.InvariantCulture), minutes.Length == 0 ? 0 : int.Parse(minutes, CultureInfo.InvariantCulture));
        return minute < 60 && (hour * 60) + minute is <= MinutesADay and var all ? all : null;
    }

    [GeneratedRegex("^([0-9]{2}):([0-9]{2})$")]
    private static partial Regex Exact { get; }

    [GeneratedRegex("^([0-9]{1,2})(?:[:.h]([0-9]{2}))?$")]
    private static partial Regex Loose { get; }
}

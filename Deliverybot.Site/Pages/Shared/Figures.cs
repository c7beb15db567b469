using System.Globalization;

namespace Deliverybot.Site.Pages.Shared;

/// <summary>Figures as people read them.</summary>
internal static class Figures
{
    public const string None = "–";

    public static string Duration(TimeSpan? span) => span switch
    {
        null => None,
        { TotalDays: >= 1 } days => Two((int)days.TotalDays, "d", days.Hours, "h"),
        { TotalHours: >= 1 } hours => Two(hours.Hours, "h", hours.Minutes, "min"),
        { TotalMinutes: >= 1 } minutes => Two(minutes.Minutes, "min", minutes.Seconds, "s"),
        { } seconds => Text($"{seconds.Seconds} s"),
    };

    /// <returns>Null where it hasn't begun, or hasn't ended.</returns>
    public static string? Took(DateTimeOffset? from, DateTimeOffset? to) => (from, to) is ({ } begin, { } end) && end >= begin ? Duration(end - begin) : null;

    public static string Share(double? share) => share is { } known ? Text($"{known * 100:0.#} %") : None;

    public static string Rate(double rate) => Text($"{rate:0.##}");

    public static string Count(int number) => Text($"{number:#,0}");

    private static string Two(int large, string largeUnit, int small, string smallUnit) =>
        small == 0 ? Text($"{large} {largeUnit}") : Text($"{large} {largeUnit} {small} {smallUnit}");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

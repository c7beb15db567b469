using System.Globalization;
using System.Text.RegularExpressions;

namespace Deliverybot.Jobs.Calendar;

/// <summary>How long something takes, as it is written (<c>30m</c>, <c>1d12h</c>) and said ("30 minutes", "1 day 12 hours").</summary>
internal static partial class Length
{
    /// <summary>Whole minutes; null where it is no such length, or longer than anybody means.</summary>
    public static TimeSpan? TryParse(string text)
    {
        if (text.Length == 0 || Written.Match(text) is not { Success: true } written)
        {
            return null;
        }

        return TimeSpan.FromDays(Number(written, 1)) + TimeSpan.FromHours(Number(written, 2)) + TimeSpan.FromMinutes(Number(written, 3));
    }

    public static string Text(TimeSpan length) => string.Concat(Parts(length).Select(part => $"{part.Number}{part.Unit[0]}"));

    public static string Words(TimeSpan length) =>
        string.Join(' ', Parts(length).Select(part => $"{part.Number} {part.Unit}{(part.Number == 1 ? "" : "s")}"));

    private static IEnumerable<(int Number, string Unit)> Parts(TimeSpan length) =>
        new[] { (length.Days, "day"), (length.Hours, "hour"), (length.Minutes, "minute") }.Where(part => part.Item1 > 0);

    private static int Number(Match written, int group) =>
        written.Groups[group] is { Success: true, Value: var digits } ? int.Parse(digits, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex("^(?:([0-9]{1,4})d)?(?:([0-9]{1,5})h)?(?:([0-9]{1,6})m)?$")]
    private static partial Regex Written { get; }
}

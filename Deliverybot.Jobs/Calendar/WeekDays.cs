using System.Diagnostics.CodeAnalysis;

namespace Deliverybot.Jobs.Calendar;

/// <summary>Some days: <c>mon</c>, <c>mon-fri</c>, <c>mon,thu</c>, <c>daily</c>, or one a month, as <c>1st sat</c> or <c>last sat</c>.</summary>
internal sealed record WeekDays
{
    public const string Daily = "daily";

    private const int Last = 5;

    public static readonly IReadOnlyList<string> Names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

    private static readonly string[] Places = ["1st", "2nd", "3rd", "4th", "last"];

    private readonly byte _days;
    private readonly int _place;

    private WeekDays(string text, byte days, int place = 0) => (Text, _days, _place) = (text, days, place);

    /// <summary>As it is written.</summary>
    public string Text { get; }

    public static int IndexOf(DateOnly date) => ((int)date.DayOfWeek + 6) % 7;

    public bool Includes(DateOnly date) => ((_days >> IndexOf(date)) & 1) == 1 && IsInPlace(date);

    /// <summary>Reads them; where that fails, <paramref name="misread"/> says what would be right.</summary>
    public static WeekDays? TryParse(string text, out Misread? misread)
    {
        misread = null;
        if (text == Daily)
        {
            return new WeekDays(text, 0b111_1111);
        }

        if (text.Split(' ') is [var place, var day])
        {
            var index = Array.IndexOf(Places, place) + 1;
            if (index == 0)
            {
                misread = place.Contains(',', StringComparison.Ordinal)
                    ? new Misread($"write its days without spaces, {place}{day}")
                    : new Misread($"there is no {place}") { Word = place, Known = Places };
                return null;
            }

            return TryDay(day, out var only, ref misread) ? new WeekDays(text, (byte)(1 << only), index) : null;
        }

        byte days = 0;
        foreach (var part in text.Split(','))
        {
            var (first, last) = part.Split('-') is [var begin, var end] ? (begin, end) : (part, part);
            if (!TryDay(first, out var from, ref misread) || !TryDay(last, out var until, ref misread))
            {
                return null;
            }

            for (var index = from; ; index = (index + 1) % 7)
            {
                days |= (byte)(1 << index);
                if (index == until)
                {
                    break;
                }
            }
        }

        return new WeekDays(text, days);
    }

    public static bool TryDay(string word, out int index, [NotNullWhen(false)] ref Misread? misread)
    {
        index = Names.ToList().IndexOf(word);
        if (index < 0)
        {
            misread = new Misread($"there is no day {word}") { Word = word, Known = [.. Names, Daily] };
        }

        return index >= 0;
    }

    private bool IsInPlace(DateOnly date) => _place switch
    {
        0 => true,
        Last => date.Day + 7 > DateTime.DaysInMonth(date.Year, date.Month),
        _ => (date.Day + 6) / 7 == _place,
    };
}

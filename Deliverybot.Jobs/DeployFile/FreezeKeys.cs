using System.Globalization;
using Deliverybot.Jobs.Calendar;
using Deliverybot.Jobs.DeployFile.Faults;

namespace Deliverybot.Jobs.DeployFile;

/// <summary>Reads the freezes of the block <c>deliverybot</c>.</summary>
internal static class FreezeKeys
{
    public const int Most = 50;
    public const int LongestReason = 140;

    public static readonly string Schema =
        $$"""
        {
          "type": "array",
          "maxItems": {{Most}},
          "items": {
            "type": "object",
            "additionalProperties": false,
            "properties": {
              "from": { "description": "The first day, 2026-12-19, or a day and a time, 2026-12-19 18:00.", "type": "string", "pattern": "^{{DayPattern}}(?: {{TimeKeys.TimePattern}})?$" },
              "until": { "description": "The last day, which is frozen as well, or a day and the time at which it ends.", "type": "string", "pattern": "^{{DayPattern}}(?: {{TimeKeys.EndPattern}})?$" },
              "weekly": { "description": "In place of from and until: fri 16:00 - mon 07:00.", "type": "string", "pattern": "^{{TimeKeys.DayPattern}} +{{TimeKeys.TimePattern}} +- +{{TimeKeys.DayPattern}} +{{TimeKeys.EndPattern}}$" },
              "reason": { "description": "Told to whoever waits.", "type": "string", "minLength": 1, "maxLength": 140 },
              "environments": { "description": "Names of environments; production stands for those that end users work with, all for all. Default: production.", "$ref": "#/definitions/texts" }
            },
            "oneOf": [{ "required": ["from", "until"], "not": { "required": ["weekly"] } }, { "required": ["weekly"], "not": { "anyOf": [{ "required": ["from"] }, { "required": ["until"] }] } }]
          }
        }
        """;

    private const string DayPattern = "[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])";
    private const string Such = "it must be a date such as 2026-12-19, or a date and time such as 2026-12-19 18:00";

    private static readonly string[] Known = ["from", "until", "weekly", "reason", "environments"];

    public static Freezes? Read(WrittenValue value)
    {
        var all = value.List(One);
        return all.Length switch
        {
            > Most => value.Fault<Freezes>($"has {all.Length} freezes: {Most} are the limit"),
            0 => null,
            _ => new Freezes(all),
        };
    }

    private static Freeze? One(WrittenValue item)
    {
        if (item.Map("a map such as { from: 2026-12-19, until: 2027-01-04, reason: Christmas }") is not { } keys)
        {
            return null;
        }

        keys.Allow(Known, _ => null);
        var freeze = new Freeze
        {
            Reason = keys.Find("reason")?.Text(LongestReason) ?? "",
            Environments = [.. keys.Find("environments")?.OneOrMore(each => each.Text(DeployDefaults.LongestEnvironment)).Distinct() ?? []],
        };
        return (keys.Find("weekly"), keys.Find("from"), keys.Find("until")) switch
        {
            ({ } weekly, null, null) => Weekly(weekly) is { } span ? freeze with { Weekly = span } : null,
            (null, { } from, { } until) => Dated(freeze, from, until),
            (null, _, _) => item.Fault<Freeze>("needs from and until, or weekly"),
            _ => item.Fault<Freeze>("has weekly beside from or until: it is either the one or the other"),
        };
    }

    private static WeeklySpan? Weekly(WrittenValue value) =>
        value.Text() is not { } text ? null : WeeklySpan.TryParse(text, out var misread) ?? TimeKeys.Misread<WeeklySpan>(value, text, misread);

    private static Freeze? Dated(Freeze freeze, WrittenValue from, WrittenValue until)
    {
        if ((Moment(from, isEnd: false), Moment(until, isEnd: true)) is not ({ } begin, { } end))
        {
            return null;
        }

        return end > begin
            ? freeze with { From = begin, Until = end }
            : until.Fault<Freeze>($"is {Shown.Short(until.Text() ?? "")}, which is not after from");
    }

    /// <summary>A day alone is frozen as a whole.</summary>
    private static DateTime? Moment(WrittenValue value, bool isEnd)
    {
        if (value.Text() is not { } text)
        {
            return null;
        }

        var (date, time) = text.Split(' ') is [var first, var second] ? (first, second) : (text, null);
        if (!DateTime.TryParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) || day.Year is < 2000 or > 9000)
        {
            return value.Fault<DateTime?>($"is {Shown.Short(text)}: {Such}");
        }

        return time is null ? day.AddDays(isEnd ? 1 : 0)
            : TimeOfDay.TryParse(time) is { } minutes && (isEnd || minutes < TimeOfDay.MinutesADay) ? day.AddMinutes(minutes)
            : value.Fault<DateTime?>($"is {Shown.Short(text)}: {Such}");
    }
}

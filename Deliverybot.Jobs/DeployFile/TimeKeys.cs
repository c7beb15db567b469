using System.Text.Json.Serialization;
using Deliverybot.Jobs.Calendar;
using Deliverybot.Jobs.DeployFile.Faults;
using Deliverybot.Jobs.DeployFile.Yaml;

namespace Deliverybot.Jobs.DeployFile;

/// <content>What the keys about time say.</content>
internal sealed partial record Target
{
    /// <summary>How long a commit has to run at each target under <c>after</c> first; null: no time.</summary>
    public TimeSpan? Soak { get; init; }

    /// <summary>When it may be deployed; null: at any time.</summary>
    public Window? Window { get; init; }

    /// <summary>By which clock its window and freezes are told, by its own word or the block's; null: nobody says.</summary>
    public string? TimeZone { get; init; }

    /// <summary>When nothing is deployed to it, by the file’s block; null: never. It is no key of a target.</summary>
    public Freezes? Freezes { get; init; }

    /// <summary>By which clock its window and freezes are told.</summary>
    [JsonIgnore]
    public TimeZoneInfo Zone => TimeZones.Of(TimeZone);
}

/// <summary>The keys of a target that are about time.</summary>
internal static class TimeKeys
{
    public const string DayPattern = "(?:mon|tue|wed|thu|fri|sat|sun)";
    public const string TimePattern = "(?:[01][0-9]|2[0-3]):[0-5][0-9]";
    public const string EndPattern = $"(?:{TimePattern}|24:00)";

    public const string SpanSchema =
        $$"""{ "type": "string", "pattern": "^(?:daily|{{DayPattern}}(?:-{{DayPattern}})?(?:,{{DayPattern}}(?:-{{DayPattern}})?)*|(?:1st|2nd|3rd|4th|last) +{{DayPattern}}) +{{TimePattern}}-{{EndPattern}}$" }""";

    public const string TimeZoneSchema = """{ "type": "string", "maxLength": 64, "pattern": "^[A-Za-z][A-Za-z0-9_+-]*(?:/[A-Za-z0-9_+-]+)*$" }""";

    public const string SoakSchema = """{ "type": "string", "pattern": "^(?=.)(?:[0-9]{1,4}d)?(?:[0-9]{1,5}h)?(?:[0-9]{1,6}m)?$" }""";

    public const int MostSpans = 20;

    private static readonly TimeSpan LeastSoak = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan MostSoak = TimeSpan.FromDays(14);

    public static readonly DeployKey Soak = new("soak")
    {
        Value = "time, `1m` to `14d`",
        Default = "none",
        Meaning = "how long a commit has to run at each target under `after` first",
        Help = "How long a commit has to run at each target under after first: 30m, 2h, 1d12h; 1m to 14d. Default: no time.",
        Schema = SoakSchema,
        Read = (target, value) => target with { Soak = ReadSoak(value) },
        Needs = ("after", "it says how long a commit has to run there first"),
        Example = "30m",
        Card = new("Soak", target => target.Soak is { } soak ? $"{Length.Words(soak)} at each earlier target" : "no time"),
    };

    public static readonly DeployKey Window = new("window")
    {
        Value = "span or list of spans",
        Default = "always",
        Meaning = "when it may be deployed",
        Help = "When it may be deployed: mon-fri 09:00-17:00, daily 22:00-24:00, mon,thu 08:00-12:00, 1st sat 06:00-10:00, last sun 22:00-02:00 (up to 20). An end that isn't after the start is on the next day. What an event brings at another time waits. Default: always.",
        Schema = $$"""{ "oneOf": [{ "$ref": "#/definitions/span" }, { "type": "array", "minItems": 1, "maxItems": {{MostSpans}}, "items": { "$ref": "#/definitions/span" } }] }""",
        Read = (target, value) => target with { Window = ReadWindow(value) },
        Example = "mon-fri 09:00-17:00",
        Card = new("Window", target => target.Window?.Text ?? "at any time"),
    };

    public static readonly DeployKey TimeZone = new("time_zone")
    {
        Value = "name of a time zone",
        Default = "the block’s, else `UTC`",
        Meaning = "by which clock `window` and freezes are told",
        Help = "By which clock its window and the file's freezes are told: an IANA name such as Europe/Berlin. Default: that of the block deliverybot, else UTC.",
        Schema = TimeZoneSchema,
        Read = (target, value) => target with { TimeZone = ReadTimeZone(value) },
        Example = "Europe/Berlin",
        Card = new("Time zone", target => target.TimeZone ?? TimeZones.UtcName),
    };

    private static TimeSpan? ReadSoak(WrittenValue value)
    {
        const string Such = "it must be a time such as 30m, 2h or 1d";
        if (value.Node is not YamlNode.Scalar { Type: not ScalarKind.Null, Text: var text })
        {
            return value.Fault<TimeSpan?>($"is {value.Node.Kind}: {Such}");
        }

        return Length.TryParse(text) switch
        {
            null => value.Fault<TimeSpan?>($"is {Shown.Short(text)}: {Such}"),
            { } length when length < LeastSoak => value.Fault<TimeSpan?>($"is {Shown.Short(text)}: 1m is the least"),
            { } length when length > MostSoak => value.Fault<TimeSpan?>($"is {Shown.Short(text)}: 14d is the most"),
            var length => length,
        };
    }

    private static Window? ReadWindow(WrittenValue value)
    {
        var spans = value.OneOrMore(Span);
        return spans.Length switch
        {
            > MostSpans => value.Fault<Window>($"has {spans.Length} spans: {MostSpans} are the limit"),
            0 when value.Node is YamlNode.List { Items: [] } => value.Fault<Window>("is empty: leave it out where deployments may go out at any time"),
            0 => null,
            _ => new Window(spans),
        };
    }

    public static string? ReadTimeZone(WrittenValue value) => value.Text() is not { } name ? null
        : TimeZones.Find(name) is not null ? name
        : value.Fault<string>(TimeZones.Nearest(name) is { } nearest
            ? $"is {Shown.Short(name)}: did you mean {nearest}?"
            : $"is {Shown.Short(name)}, which is no time zone that is known{Nearest(name)}");

    /// <summary>The end of a sentence about what can't be read.</summary>
    public static T? Misread<T>(WrittenValue value, string text, Misread? why) => value.Fault<T>(
        $"is {Shown.Short(text)}: {why?.Why}{(why?.Word is { } word ? NearestName.Hint(word, why.Known) : "")}");

    private static WindowSpan? Span(WrittenValue value) =>
        value.Text() is not { } text ? null : WindowSpan.TryParse(text, out var misread) ?? Misread<WindowSpan>(value, text, misread);

    private static string Nearest(string name) =>
        NearestName.Hint(name, TimeZones.Names) is { Length: > 0 } hint ? hint : ": write its name, such as Europe/Berlin or UTC";
}

using System.Globalization;
using System.Text.RegularExpressions;
using Deliverybot.Jobs.Acts.Locks;
using Superpower;
using Superpower.Model;
using Superpower.Parsers;

namespace Deliverybot.Jobs.Surfaces.Words;

/// <summary><c>for 30m</c>, <c>for 2h</c>, <c>for 1d12h</c>, <c>for 2 hours</c>. Without a number, <c>for</c> begins the reason: <c>for the release</c>.</summary>
internal static class LockTime
{
    private const string Malformed = "The time can't be read: write 30m, 2h or 3d.";
    private const string TooLong = "A lock lasts 720 hours (30 days) at most. Leave the time out for one that lasts until somebody unlocks it.";
    private const string TooShort = "A lock lasts a minute at least.";

    private static readonly TextParser<TextSpan> Opening = Span.Regex(@"for\s+(?=\d)", RegexOptions.IgnoreCase);

    private static readonly TextParser<TimeSpan> Amount =
        from number in Character.Digit.AtLeastOnce()
        from blank in Span.WithAll(char.IsWhiteSpace).Optional()
        from unit in Span.WithAll(char.IsLetter).Where(span => UnitOf(span) is not null)
        select Times(new string(number), UnitOf(unit)!.Value);

    private static readonly TextParser<TimeSpan> Amounts = Amount.AtLeastOnce().Select(all => all.Aggregate(TimeSpan.Zero, Sum));

    public static TextParser<TimeSpan> Parser { get; } = Read;

    private static Result<TimeSpan> Read(TextSpan input)
    {
        var opening = Opening(input);
        if (!opening.HasValue)
        {
            return Result.Empty<TimeSpan>(input);
        }

        var time = Amounts(opening.Remainder);
        if (!time.HasValue || !EndsWord(time.Remainder))
        {
            return Result.Empty<TimeSpan>(opening.Remainder, Malformed);
        }

        return time.Value > EnvironmentLocks.Longest ? Result.Empty<TimeSpan>(opening.Remainder, TooLong)
            : time.Value < TimeSpan.FromMinutes(1) ? Result.Empty<TimeSpan>(opening.Remainder, TooShort)
            : Result.Value(time.Value, input, time.Remainder);
    }

    private static bool EndsWord(TextSpan rest) => rest.IsAtEnd || char.IsWhiteSpace(rest.ConsumeChar().Value);

    private static TimeSpan? UnitOf(TextSpan unit) => unit.ToStringValue().ToLowerInvariant() switch
    {
        "m" or "min" or "mins" or "minute" or "minutes" => TimeSpan.FromMinutes(1),
        "h" or "hour" or "hours" => TimeSpan.FromHours(1),
        "d" or "day" or "days" => TimeSpan.FromDays(1),
        _ => null,
    };

    /// <summary>However large the number: more than enough is more than enough.</summary>
    private static TimeSpan Times(string number, TimeSpan unit) =>
        int.TryParse(number, CultureInfo.InvariantCulture, out var times) && times <= EnvironmentLocks.Longest / TimeSpan.FromMinutes(1)
            ? Least(unit * times)
            : EnvironmentLocks.Longest + unit;

    private static TimeSpan Sum(TimeSpan one, TimeSpan other) => Least(one + other);

    private static TimeSpan Least(TimeSpan time) => time > EnvironmentLocks.Longest ? EnvironmentLocks.Longest + TimeSpan.FromMinutes(1) : time;
}

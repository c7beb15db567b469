using System.Globalization;
using System.Text.RegularExpressions;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Acts;
using Deliverybot.Jobs.Acts.Locks;
using Superpower;
using Superpower.Model;
using Superpower.Parsers;

namespace Deliverybot.Jobs.Surfaces.Words;

internal sealed record LockCommand(EnvironmentName Environment, LockTerms Terms) : ActCommand<EnvironmentLocks>
{
    private const string Meaning = "keeps an environment as it is";
    private const string Needs = "the name of an environment";

    private static readonly TextParser<Command> Arguments =
        from name in ArgumentGrammar.Name
        from terms in ArgumentGrammar.Terms
        select (Command)new LockCommand(new EnvironmentName(name), terms);

    public static IReadOnlyList<CommandUsage> Usages { get; } =
    [
        new(CommandSurface.PullRequest, "lock", "<environment> [for 2h] [reason]", Meaning)
        {
            Needs = Needs, Right = CommandRight.Write, Example = "/lock production for 2h stock-taking", Parser = ArgumentGrammar.With(Arguments),
        },
        new(CommandSurface.Slack, "lock", "[owner/repo] environment [for 2h] [reason]", Meaning)
        {
            Needs = Needs, Right = CommandRight.Write, Example = "lock production for 2h stock-taking", Parser = RepositoryGrammar.InRepository(Arguments),
        },
    ];

    public override string Sign => "🔒";

    protected override async Task<IReadOnlyList<ActResult>> ActAsync(EnvironmentLocks act, CommandPlace place, CancellationToken cancellationToken)
    {
        if (place.Closed is { } closed)
        {
            return
            [
                new ActResult(
                    ActEnd.Refused,
                    $"{closed}, and a lock ends with the pull request that it was taken in. Take it on the page or in one that is open",
                    Sentence.Empty),
            ];
        }

        var request = new LockRequest { Environment = Environment, Reason = Terms.Reason, For = Terms.For, PullRequest = place.PullRequest };
        return [await act.LockAsync(place.Actor, request, cancellationToken)];
    }
}

/// <summary>For how long and why an environment is to be locked.</summary>
/// <param name="For">Null: until somebody unlocks it.</param>
/// <param name="Reason">Empty if none was given.</param>
internal sealed record LockTerms(TimeSpan? For, string Reason);

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

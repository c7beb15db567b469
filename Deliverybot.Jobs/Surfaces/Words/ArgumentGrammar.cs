using System.Collections.Immutable;
using System.Globalization;
using Deliverybot.Data.Names;
using Superpower;
using Superpower.Model;
using Superpower.Parsers;

namespace Deliverybot.Jobs.Surfaces.Words;

/// <summary>The pieces that commands are made of, wherever they are written.</summary>
internal static class ArgumentGrammar
{
    /// <summary>
    /// So many targets one command may name. Each is a deployment, made one after the other by one worker; a file may have more of them
    /// than anybody means to deploy in one sentence.
    /// </summary>
    public const int MostTargets = 20;

    /// <summary>What separates words, of whatever kind.</summary>
    public static TextParser<TextSpan> Blank { get; } = Span.WithAll(char.IsWhiteSpace);

    private static TextParser<string> Quoted { get; } =
        from open in Character.EqualTo('"')
        from text in Character.Except('"').AtLeastOnce()
        from close in Character.EqualTo('"')
        select new string(text);

    /// <summary>A name: one word, or anything in double quotes.</summary>
    public static TextParser<string> Name { get; } = Quoted.Or(Span.WithoutAny(char.IsWhiteSpace).Select(span => span.ToStringValue()));

    /// <summary>A name as it is written where a command is proposed, so that it is read back whole wherever people paste it.</summary>
    public static string Written(string name) =>
        name.Any(character => char.IsWhiteSpace(character) || character is ',' or '/') ? $"\"{name}\"" : name;

    /// <summary>A name in a list: a comma ends it.</summary>
    private static TextParser<string> ListedName { get; } =
        Quoted.Or(Span.WithoutAny(character => char.IsWhiteSpace(character) || character == ',').Select(span => span.ToStringValue()));

    private static TextParser<char> Comma { get; } =
        (from before in Blank.Optional()
         from comma in Character.EqualTo(',')
         from after in Blank.Optional()
         select comma).Try();

    /// <summary>One target or several, with commas between them.</summary>
    public static TextParser<ImmutableArray<TargetName>> Targets { get; } = ListedName
        .Where(name => !IsForce(name), "It needs the name of a target before force.")
        .AtLeastOnceDelimitedBy(Comma)
        .Select(names => names.Select(name => new TargetName(name)).Distinct().ToImmutableArray());

    /// <returns>Why so many can't be named at once; null where they can.</returns>
    public static string? FaultOf(ImmutableArray<TargetName> targets) => targets.Length > MostTargets
        ? string.Create(CultureInfo.InvariantCulture, $"One command can name {MostTargets} targets at most, and this one names {targets.Length}.")
        : null;

    public static TextParser<ShaPrefix> Sha { get; } = Span.WithoutAny(char.IsWhiteSpace)
        .Where(span => ShaPrefix.TryParse(span.ToStringValue(), out _))
        .Select(span => new ShaPrefix(span.ToStringValue().ToLowerInvariant()));

    public static TextParser<bool> Force { get; } = Span.WithoutAny(char.IsWhiteSpace)
        .Where(span => IsForce(span.ToStringValue()))
        .Value(true);

    public static TextParser<bool> Wait { get; } = Span.WithoutAny(char.IsWhiteSpace)
        .Where(span => string.Equals(span.ToStringValue(), "wait", StringComparison.OrdinalIgnoreCase))
        .Value(true);

    /// <summary>What may follow an environment's name: a time, a reason, both or neither.</summary>
    public static TextParser<LockTerms> Terms { get; } =
        from before in Blank.Optional()
        from time in LockTime.Parser.Select(span => (TimeSpan?)span).OptionalOrDefault()
        from reason in Character.AnyChar.Many()
        select new LockTerms(time, new string(reason).Trim());

    /// <summary>A command in a line of its own, with nothing behind its word.</summary>
    public static TextParser<Command> Alone(Command command) => Blank.Optional().AtEnd().Value(command);

    /// <summary>A command in a line of its own, with these arguments.</summary>
    public static TextParser<Command> With(TextParser<Command> arguments) =>
        Blank.IgnoreThen(arguments.Then(command => Blank.Optional().Value(command))).AtEnd();

    private static bool IsForce(string word) => string.Equals(word, "force", StringComparison.OrdinalIgnoreCase);
}

/// <summary>A commit as people name it: its sha, or the beginning of it.</summary>
internal readonly record struct ShaPrefix(string Value)
{
    private const int Shortest = 7;
    private const int Longest = 64;

    public static bool TryParse(string text, out ShaPrefix prefix)
    {
        var isOne = text.Length is >= Shortest and <= Longest && text.All(char.IsAsciiHexDigit);
        prefix = isOne ? new ShaPrefix(text.ToLowerInvariant()) : default;
        return isOne;
    }

    public bool Names(CommitSha sha) => sha.Value.StartsWith(Value, StringComparison.Ordinal);

    public override string ToString() => Value;
}

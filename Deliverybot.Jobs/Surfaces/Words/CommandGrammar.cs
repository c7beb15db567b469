using Deliverybot.Jobs.Markup;
using Superpower;
using Superpower.Model;

namespace Deliverybot.Jobs.Surfaces.Words;

/// <summary>Commands in the conversation of a pull request: <c>/deploy staging</c>. docs/pull-requests.md says what each means.</summary>
internal static class CommandGrammar
{
    private static readonly Dictionary<string, (CommandUsage Usage, TextParser<Command> Parser)> All = CommandTable.InPullRequests
        .GroupBy(usage => usage.Word)
        .ToDictionary(same => same.Key, same => (same.First(), ParserOf([.. same])), StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads the first line of a comment; the rest is the writer's own.</summary>
    /// <returns>Null for none of ours: nothing is said and nothing is done.</returns>
    public static CommandReading? Read(string? comment)
    {
        if (CommandLine.Of(comment) is not { } line)
        {
            return null;
        }

        if (All.TryGetValue(line.Word, out var command))
        {
            return Read(command.Usage, command.Parser, line.Rest);
        }

        return All.Keys.FirstOrDefault(word => IsSlipOf(word, line.Word)) is { } meant
            ? new CommandReading.Mistyped(All[meant].Usage, $"There is no /{line.Word}: did you mean /{meant}?")
            : null;
    }

    private static CommandReading Read(CommandUsage usage, TextParser<Command> parser, string rest)
    {
        var result = parser.TryParse(rest);
        if (!result.HasValue)
        {
            return new CommandReading.Mistyped(usage, FaultOf(usage, result));
        }

        return result.Value is DeployCommand { Targets: var targets } && ArgumentGrammar.FaultOf(targets) is { } tooMany
            ? new CommandReading.Mistyped(usage, tooMany)
            : new CommandReading.Whole(result.Value);
    }

    private static string FaultOf(CommandUsage usage, Result<Command> result)
    {
        if (result.ErrorMessage is { Length: > 0 } told)
        {
            return told;
        }

        var stuck = result.Remainder.IsAtEnd ? "" : result.Remainder.ToStringValue().Trim();
        return stuck.Length == 0 && usage.Needs is { } needed
            ? $"/{usage.Word} needs {needed}."
            : $"/{usage.Word} can't be followed by “{DeployFile.Faults.Shown.Short(stuck)}”.";
    }

    /// <summary>Where a word has several meanings, the first is what a slip is taken for.</summary>
    private static TextParser<Command> ParserOf(IReadOnlyList<CommandUsage> same) =>
        same.Skip(1).Aggregate(same[0].Parser, (first, other) => other.Parser.Try().Or(first));

    /// <summary>Two neighbouring letters changed places. Anything else may be another bot's.</summary>
    private static bool IsSlipOf(string word, string written)
    {
        if (written.Length != word.Length)
        {
            return false;
        }

        var lower = written.ToLowerInvariant();
        return Enumerable.Range(0, word.Length - 1)
            .Any(at => string.Concat(lower.AsSpan(0, at), lower.AsSpan(at + 1, 1), lower.AsSpan(at, 1), lower.AsSpan(at + 2)) == word);
    }
}

/// <summary>What a text turns out to be.</summary>
internal abstract record CommandReading
{
    private CommandReading()
    {
    }

    public abstract T Match<T>(Func<Command, T> whole, Func<Mistyped, T> mistyped);

    public sealed record Whole(Command Command) : CommandReading
    {
        public override T Match<T>(Func<Command, T> whole, Func<Mistyped, T> mistyped) => whole(Command);
    }

    /// <summary>Clearly meant for us, and wrong.</summary>
    /// <param name="Usage">How it is written.</param>
    /// <param name="Fault">One sentence; it may hold what was written, so it is no markup.</param>
    public sealed record Mistyped(CommandUsage Usage, string Fault) : CommandReading
    {
        public override T Match<T>(Func<Command, T> whole, Func<Mistyped, T> mistyped) => mistyped(this);
    }
}

/// <summary>The line of a comment that may be a command: its first one, unless it is a quotation, code or anything else that doesn't begin with a slash.</summary>
/// <param name="Word">What follows the slash, up to the next blank.</param>
/// <param name="Rest">Everything after that, with the blank.</param>
internal readonly record struct CommandLine(string Word, string Rest)
{
    /// <summary>So many blanks make a line code: https://spec.commonmark.org/0.31.2/#indented-code-blocks.</summary>
    private const int CodeIndent = 4;

    public static CommandLine? Of(string? comment)
    {
        using var lines = new StringReader(StorableText.Of(comment ?? ""));
        var line = lines.ReadLine();
        while (line is not null && string.IsNullOrWhiteSpace(line))
        {
            line = lines.ReadLine();
        }

        return line is null || IsIndentedCode(line) || line.TrimStart() is not ['/', .. var text] ? null : Split(text.TrimEnd());
    }

    private static CommandLine? Split(string text)
    {
        var word = new string([.. text.TakeWhile(character => !char.IsWhiteSpace(character))]);
        return word.Length == 0 ? null : new CommandLine(word, text[word.Length..]);
    }

    private static bool IsIndentedCode(string line) =>
        line.AsSpan(0, line.Length - line.AsSpan().TrimStart().Length) is var indent && (indent.Contains('\t') || indent.Length >= CodeIndent);
}

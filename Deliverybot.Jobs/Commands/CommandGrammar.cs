using Superpower;
using Superpower.Model;
using Superpower.Parsers;
using static Deliverybot.Jobs.Commands.ArgumentGrammar;

namespace Deliverybot.Jobs.Commands;

/// <summary>Commands in the conversation of a pull request: <c>/deploy staging</c>. docs/deploy-yml.md says what each means.</summary>
internal static class CommandGrammar
{
    private static readonly TextParser<Command> Help =
        Blank.IgnoreThen(Span.EqualToIgnoreCase("help")).Try().Optional().AtEnd().Value((Command)new Command.Help());

    private static readonly TextParser<Command> Deploy =
        from blank in Blank
        from targets in Targets
        from options in Blank.IgnoreThen(Sha.Select(sha => new Option(sha, false)).Try().Or(Force.Value(new Option(null, true)))).Try().Many()
        from end in Blank.Optional()
        select (Command)new Command.Deploy(
            targets, options.Select(option => option.Sha).FirstOrDefault(sha => sha is not null), options.Any(option => option.Force));

    private static readonly Dictionary<string, (CommandUsage Usage, TextParser<Command> Parser)> All = new(StringComparer.OrdinalIgnoreCase)
    {
        ["deploy"] = (CommandUsage.Deploy, Help.Try().Or(Deploy.AtEnd())),
        ["promote"] = (CommandUsage.Promote, Alone(new Command.Promote())),
        ["lock"] = (CommandUsage.Lock, Named(from name in Name from terms in Terms select (Command)new Command.Lock(new(name), terms))),
        ["unlock"] = (CommandUsage.Unlock, Named(Name.Select(name => (Command)new Command.Unlock(new(name))))),
        ["rollback"] = (CommandUsage.Rollback, Named(Name.Select(name => (Command)new Command.Rollback(new(name))))),
        ["status"] = (CommandUsage.Status, Alone(new Command.Status())),
        ["cancel"] = (CommandUsage.Cancel, Named(Name.Select(name => (Command)new Command.Cancel(new(name))))),
    };

    /// <summary>Reads the first line of a comment; the rest is the writer's own.</summary>
    public static CommandReading Read(string? comment)
    {
        if (CommandLine.Of(comment) is not { } line)
        {
            return new CommandReading.Other();
        }

        if (All.TryGetValue(line.Word, out var command))
        {
            return Read(command.Usage, command.Parser, line.Rest);
        }

        return All.Keys.FirstOrDefault(word => IsSlipOf(word, line.Word)) is { } meant
            ? new CommandReading.Mistyped(All[meant].Usage, $"There is no /{line.Word}: did you mean /{meant}?")
            : new CommandReading.Other();
    }

    private static CommandReading Read(CommandUsage usage, TextParser<Command> parser, string rest)
    {
        var result = parser.TryParse(rest);
        return result.HasValue
            ? new CommandReading.Whole(result.Value)
            : new CommandReading.Mistyped(usage, FaultOf(usage, result));
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
            : $"/{usage.Word} can't be followed by “{DeployFile.Shown.Short(stuck)}”.";
    }

    private static TextParser<Command> Alone(Command command) => Blank.Optional().AtEnd().Value(command);

    private static TextParser<Command> Named(TextParser<Command> arguments) =>
        Blank.IgnoreThen(arguments.Then(command => Blank.Optional().Value(command))).AtEnd();

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

    private sealed record Option(ShaPrefix? Sha, bool Force);
}

using Deliverybot.Data.Names;
using Deliverybot.Jobs.DeployFile;
using FuzzySharp;
using Superpower;
using Superpower.Parsers;
using static Deliverybot.Jobs.Commands.ArgumentGrammar;

namespace Deliverybot.Jobs.Slack.Grammar;

/// <summary>
/// What is written after <c>/deliverybot</c>. A first word such as <c>owner/repo</c> is a repository; an environment whose name looks
/// like one is written in double quotes.
/// </summary>
internal static class SlackGrammar
{
    private static readonly TextParser<RepositoryName> Repository =
        Span.Regex(@"[A-Za-z0-9_-]+/[A-Za-z0-9._-]+(?=[\s@]|$)").Select(span => RepositoryName.Parse(span.ToStringValue()));

    /// <summary><c>@main</c>; the names of branches and tags have no blanks.</summary>
    private static readonly TextParser<string> Ref =
        Character.EqualTo('@').IgnoreThen(Span.WithoutAny(char.IsWhiteSpace)).Select(span => span.ToStringValue());

    /// <summary>A repository in front of what is meant there.</summary>
    private static readonly TextParser<RepositoryName?> Place =
        Repository.Then(name => Blank.Value((RepositoryName?)name)).Try().OptionalOrDefault();

    private static readonly TextParser<SlackCommand> DeployCommand =
        from source in Source.Try().OptionalOrDefault()
        from target in Superpower.Parse.Not(Repository).IgnoreThen(Name)
        from force in Blank.IgnoreThen(Force).Try().OptionalOrDefault()
        select (SlackCommand)new SlackCommand.Deploy(source?.Repository, source?.Ref, new TargetName(target), force);

    private static readonly TextParser<SlackCommand> StatusCommand =
        from repository in Repository.Select(name => (RepositoryName?)name).Try().OptionalOrDefault()
        from blank in Blank.Optional()
        from environment in Name.Select(name => (EnvironmentName?)new EnvironmentName(name)).OptionalOrDefault()
        select (SlackCommand)new SlackCommand.Status(repository, environment);

    private static readonly TextParser<SlackCommand> PromoteCommand =
        from repository in Repository.Select(name => (RepositoryName?)name).Try().OptionalOrDefault()
        from commit in Ref
        select (SlackCommand)new SlackCommand.Promote(repository, commit);

    private static readonly Dictionary<string, (SlackUsage Usage, TextParser<SlackCommand> Parser)> All = new(StringComparer.OrdinalIgnoreCase)
    {
        ["deploy"] = (SlackUsage.Deploy, DeployCommand),
        ["status"] = (SlackUsage.Status, StatusCommand),
        ["promote"] = (SlackUsage.Promote, PromoteCommand),
        ["lock"] = (SlackUsage.Lock, from at in Place from name in Name from terms in Terms select (SlackCommand)new SlackCommand.Lock(at, new(name), terms)),
        ["unlock"] = (SlackUsage.Unlock, from at in Place from name in Name select (SlackCommand)new SlackCommand.Unlock(at, new(name))),
        ["rollback"] = (SlackUsage.Rollback, from at in Place from name in Name select (SlackCommand)new SlackCommand.Rollback(at, name)),
        ["default"] = (SlackUsage.Default, Repository.Select(name => (SlackCommand)new SlackCommand.Default(name))),
        ["login"] = (SlackUsage.Login, Alone(new SlackCommand.Login())),
        ["logout"] = (SlackUsage.Logout, Alone(new SlackCommand.Logout())),
        ["help"] = (SlackUsage.Help, Alone(new SlackCommand.Help())),
    };

    private static TextParser<CommandSource?> Source =>
        from repository in Repository.Select(name => (RepositoryName?)name).Try().OptionalOrDefault()
        from reference in Ref.Select(name => (string?)name).OptionalOrDefault()
        from blank in Blank
        where repository is not null || reference is not null
        select (CommandSource?)new CommandSource(repository, reference);

    public static SlackReading Read(string text)
    {
        var plain = SlackText.Plain(text);
        var word = new string([.. plain.TakeWhile(character => !char.IsWhiteSpace(character))]);
        if (word.Length == 0)
        {
            return new SlackReading.Whole(new SlackCommand.Help());
        }

        return All.TryGetValue(word, out var command)
            ? Read(command.Usage, command.Parser, plain[word.Length..].Trim())
            : new SlackReading.Mistyped(NearestTo(word), $"There is no command {Shown.Short(word)}.");
    }

    private static SlackReading Read(SlackUsage usage, TextParser<SlackCommand> parser, string rest)
    {
        var result = parser.AtEnd().TryParse(rest);
        if (result.HasValue)
        {
            return new SlackReading.Whole(result.Value);
        }

        if (usage.Needs is { } needed && (rest.Length == 0 || Repository.AtEnd().TryParse(rest).HasValue))
        {
            return new SlackReading.Mistyped(usage, $"{usage.Word} needs {needed}.");
        }

        var stuck = result.Remainder.IsAtEnd ? rest : result.Remainder.ToStringValue().Trim();
        return new SlackReading.Mistyped(
            usage, result.ErrorMessage is { Length: > 0 } told ? told : $"“{Shown.Short(stuck)}” can't be read there.");
    }

    private static SlackUsage NearestTo(string word) =>
        word.Length > 20 ? SlackUsage.Help : SlackUsage.All.MinBy(usage => Levenshtein.EditDistance(word.ToLowerInvariant(), usage.Word))!;

    private static TextParser<SlackCommand> Alone(SlackCommand command) => Span.WithAll(char.IsWhiteSpace).Optional().Value(command);

    private sealed record CommandSource(RepositoryName? Repository, string? Ref);
}

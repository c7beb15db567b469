using Deliverybot.Data.Names;
using Superpower;
using Superpower.Parsers;
using static Deliverybot.Jobs.Surfaces.Words.ArgumentGrammar;

namespace Deliverybot.Jobs.Surfaces.Words;

/// <summary>
/// A repository in front of what is meant there, where commands are about many. A first word such as <c>owner/repo</c> is one; an
/// environment whose name looks like that is written in double quotes.
/// </summary>
internal static class RepositoryGrammar
{
    public static TextParser<RepositoryName> Repository { get; } =
        Span.Regex(@"[A-Za-z0-9_-]+/[A-Za-z0-9._-]+(?=[\s@]|$)").Select(span => RepositoryName.Parse(span.ToStringValue()));

    /// <summary>If there is one.</summary>
    public static TextParser<RepositoryName?> MaybeRepository { get; } = Repository.Select(name => (RepositoryName?)name).Try().OptionalOrDefault();

    /// <summary><c>@main</c>; the names of branches and tags have no blanks.</summary>
    public static TextParser<string> Ref { get; } =
        Character.EqualTo('@').IgnoreThen(Span.WithoutAny(char.IsWhiteSpace)).Select(span => span.ToStringValue());

    private static TextParser<RepositoryName?> Place { get; } =
        Repository.Then(name => Blank.Value((RepositoryName?)name)).Try().OptionalOrDefault();

    /// <summary>What is meant in a repository that may be named before it.</summary>
    public static TextParser<Command> InRepository(TextParser<Command> arguments) =>
        from place in Place
        from command in arguments
        select command with { Repository = place };
}

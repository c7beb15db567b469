using Superpower;

namespace Deliverybot.Jobs.Surfaces.Words;

/// <param name="Surface">Where it is written so.</param>
/// <param name="Word">The word that it begins with.</param>
/// <param name="Arguments">What follows.</param>
/// <param name="Meaning">Half a sentence.</param>
internal sealed record CommandUsage(CommandSurface Surface, string Word, string Arguments, string Meaning)
{
    public required CommandRight Right { get; init; }

    /// <summary>What it can't do without; null if it stands alone.</summary>
    public string? Needs { get; init; }

    /// <summary>One of the many ways to write it.</summary>
    public required string Example { get; init; }

    /// <summary>Reads what follows the word.</summary>
    public required TextParser<Command> Parser { get; init; }

    public override string ToString()
    {
        var word = Surface == CommandSurface.PullRequest ? $"/{Word}" : Word;
        return Arguments.Length == 0 ? word : $"{word} {Arguments}";
    }
}

/// <summary>What whoever gives a command has to be allowed in the repository.</summary>
internal enum CommandRight
{
    /// <summary>It is about no repository.</summary>
    None,
    Read,
    Write,
}

internal enum CommandSurface
{
    PullRequest,
    Slack,
}

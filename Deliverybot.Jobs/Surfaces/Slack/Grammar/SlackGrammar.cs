using Deliverybot.Jobs.DeployFile.Faults;
using Deliverybot.Jobs.Markup;
using Deliverybot.Jobs.Surfaces.Words;
using Superpower;

namespace Deliverybot.Jobs.Surfaces.Slack.Grammar;

/// <summary>What is written after <c>/deliverybot</c>.</summary>
internal static class SlackGrammar
{
    private const int ShortestBeginning = 3;

    private static readonly Dictionary<string, CommandUsage> All = CommandTable.InSlack.ToDictionary(usage => usage.Word, StringComparer.OrdinalIgnoreCase);

    public static CommandReading Read(string text)
    {
        var plain = SlackText.Plain(text);
        var word = new string([.. plain.TakeWhile(character => !char.IsWhiteSpace(character))]);
        if (word.Length == 0)
        {
            return new CommandReading.Whole(new HelpCommand());
        }

        return All.TryGetValue(word, out var command)
            ? Read(command, plain[word.Length..].Trim())
            : new CommandReading.Mistyped(NearestTo(word), $"There is no command {Shown.Short(word)}.");
    }

    private static CommandReading Read(CommandUsage usage, string rest)
    {
        var result = usage.Parser.AtEnd().TryParse(rest);
        if (result.HasValue)
        {
            return new CommandReading.Whole(result.Value);
        }

        if (usage.Needs is { } needed && (rest.Length == 0 || RepositoryGrammar.Repository.AtEnd().TryParse(rest).HasValue))
        {
            return new CommandReading.Mistyped(usage, $"{usage.Word} needs {needed}.");
        }

        var stuck = result.Remainder.IsAtEnd ? rest : result.Remainder.ToStringValue().Trim();
        return new CommandReading.Mistyped(
            usage, result.ErrorMessage is { Length: > 0 } told ? told : $"“{Shown.Short(stuck)}” can't be read there.");
    }

    /// <summary>The help where none is near: a word that has nothing to do with what was meant misleads.</summary>
    private static CommandUsage NearestTo(string word) => All[
        All.Keys.FirstOrDefault(known => word.Length >= ShortestBeginning && known.StartsWith(word, StringComparison.OrdinalIgnoreCase))
            ?? NearestName.Find(word, [.. All.Keys]) ?? "help"];
}

/// <summary>The text of a command as the person typed it: Slack escapes three characters, and its apps turn quotes.</summary>
internal static class SlackText
{
    public static string Plain(string text) => StorableText.Of(text)
        .Replace("&lt;", "<", StringComparison.Ordinal)
        .Replace("&gt;", ">", StringComparison.Ordinal)
        .Replace("&amp;", "&", StringComparison.Ordinal)
        .Replace('\u201C', '"')
        .Replace('\u201D', '"')
        .Replace('\u00A0', ' ')
        .Trim();
}

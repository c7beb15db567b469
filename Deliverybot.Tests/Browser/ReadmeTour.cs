using System.Text.RegularExpressions;
using Deliverybot.Sandbox.Processes;
using Shouldly;

namespace Deliverybot.Tests.Browser;

/// <summary>The steps of the README's tour: in italics is what a page says, in bold what one presses. None may be left out.</summary>
internal sealed partial class ReadmeTour
{
    private readonly Dictionary<int, string> steps;
    private readonly Dictionary<int, HashSet<string>> untold;

    private ReadmeTour(Dictionary<int, string> steps)
    {
        this.steps = steps;
        untold = steps.ToDictionary(step => step.Key, step => Marked.Matches(step.Value).Select(WordsOf).ToHashSet(StringComparer.Ordinal));
    }

    public IEnumerable<int> Numbers => steps.Keys;

    public static ReadmeTour Read()
    {
        var readme = File.ReadAllText(RepositoryFolder.Of("README.md"));
        var section = readme[readme.IndexOf("### What you will see", StringComparison.Ordinal)..readme.IndexOf("## What it looks like", StringComparison.Ordinal)];
        return new ReadmeTour(Step.Matches(section).ToDictionary(step => int.Parse(step.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture), step => step.Groups[2].Value));
    }

    /// <returns>What the step has one press.</returns>
    public string Press(int step, string words)
    {
        steps[step].ShouldContain($"**{words}**");
        untold[step].Remove(words);
        return words;
    }

    /// <returns>What a page says by that step. A commit is whichever it is.</returns>
    public Regex Says(int step, string words)
    {
        steps[step].ShouldMatch($@"(?<!\*)\*{Regex.Escape(words)}\*(?!\*)");
        untold[step].Remove(words);
        var pattern = Commit.Replace(Regex.Escape(words), "[0-9a-f]{7}").Replace(@"\ ", @"\s+", StringComparison.Ordinal);

        // A style sheet puts the dot, and comments keep GitHub from making a number a link.
        return new Regex(pattern.Replace(@"\s+·\s+", @"\s*·?\s*", StringComparison.Ordinal).Replace(@"\#", "#\u200b?", StringComparison.Ordinal));
    }

    /// <returns>What the step has one type.</returns>
    public string Type(int step, string words)
    {
        steps[step].ShouldContain($"`{words}`");
        return words;
    }

    /// <summary>All that the step quotes was met.</summary>
    public void End(int step) => untold[step].ShouldBeEmpty($"step {step} quotes what wasn't looked for");

    private static string WordsOf(Match marked) => marked.Groups[1].Success ? marked.Groups[1].Value : marked.Groups[2].Value;

    [GeneratedRegex(@"^(\d+)\. (.+)$", RegexOptions.Multiline)]
    private static partial Regex Step { get; }

    [GeneratedRegex(@"\*\*([^*]+)\*\*|(?<!\*)\*([^*]+)\*(?!\*)")]
    private static partial Regex Marked { get; }

    [GeneratedRegex("1a2b3c4")]
    private static partial Regex Commit { get; }
}

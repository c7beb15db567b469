using System.Text.RegularExpressions;
using Deliverybot.Sandbox.Processes;
using Shouldly;

namespace Deliverybot.Tests.Guides;

/// <summary>A page of <c>docs/guides</c>: the files that it has one paste, and in italics what the product says. What it says and nobody looked for fails.</summary>
internal sealed partial class Guide
{
    private readonly string text;
    private readonly HashSet<string> untold;

    public Guide(string name)
    {
        text = File.ReadAllText(RepositoryFolder.Of("docs", "guides", $"{name}.md"));
        var files = Pasted.Matches(text).ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value);
        DeployFile = files[".github/deploy.yml"];
        WorkflowTexts = [.. files.Where(file => file.Key.StartsWith(".github/workflows/", StringComparison.Ordinal)).Select(file => file.Value)];
        Workflows = [.. WorkflowTexts.Select(Workflow.Read)];
        untold = Said.Matches(Block.Replace(text, "")).Select(match => match.Groups[1].Value).Where(words => words.Contains(' ', StringComparison.Ordinal)).ToHashSet(StringComparer.Ordinal);
    }

    public static IEnumerable<string> Names => Directory.GetFiles(RepositoryFolder.Of("docs", "guides"), "*.md").Select(Path.GetFileNameWithoutExtension).OfType<string>().Where(name => name != "README");

    public string DeployFile { get; }

    public IReadOnlyList<string> WorkflowTexts { get; }

    public IReadOnlyList<Workflow> Workflows { get; }

    /// <returns>A sentence of the guide, with a commit that is really there.</returns>
    public string Says(string words, string? sha = null)
    {
        text.ShouldContain($"*{words}*");
        untold.Remove(words);
        return sha is null ? words : words.Replace("1a2b3c4", sha[..7], StringComparison.Ordinal);
    }

    /// <returns>What the guide has one press.</returns>
    public string Press(string words)
    {
        text.ShouldContain($"**{words}**");
        return words;
    }

    /// <returns>What the guide has one write.</returns>
    public string Write(string words)
    {
        text.ShouldContain($"`{words}`");
        return words;
    }

    public void End() => untold.ShouldBeEmpty("the guide quotes what wasn't looked for");

    [GeneratedRegex("^```yaml\n# (\\.github/\\S+)\n(.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Pasted { get; }

    [GeneratedRegex("^```.*?^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Block { get; }

    [GeneratedRegex(@"(?<!\*)\*([^*\n]+)\*(?!\*)")]
    private static partial Regex Said { get; }
}

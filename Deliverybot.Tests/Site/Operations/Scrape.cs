using System.Text.RegularExpressions;

namespace Deliverybot.Tests.Site.Operations;

/// <summary>What Prometheus gets at one time.</summary>
public sealed partial record Scrape(string Text)
{
    /// <summary>Every name that a series has, <c>_bucket</c>, <c>_sum</c> and <c>_count</c> of histograms included.</summary>
    public IReadOnlySet<string> Names { get; } = Series.Matches(Text).Select(match => match.Groups["name"].Value).ToHashSet(StringComparer.Ordinal);

    /// <summary>Every name that a label has.</summary>
    public IReadOnlySet<string> Labels { get; } = Label.Matches(Text).Select(match => match.Groups["label"].Value).ToHashSet(StringComparer.Ordinal);

    /// <summary>The lines of a name.</summary>
    public IReadOnlyList<string> Of(string name) => [.. Text.Split('\n').Where(line => line.StartsWith(name + "{", StringComparison.Ordinal))];

    [GeneratedRegex("^(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)[{ ]", RegexOptions.Multiline)]
    private static partial Regex Series { get; }

    [GeneratedRegex("[{,](?<label>[a-zA-Z_][a-zA-Z0-9_]*)=\"")]
    private static partial Regex Label { get; }
}

using System.Text.RegularExpressions;
using Deliverybot.Sandbox.Processes;

namespace Deliverybot.Tests.Promises;

/// <summary>What SECURITY.md says in its tables, so that it can be held to the program.</summary>
internal static partial class SecurityDocument
{
    private static readonly string[] Lines = File.ReadAllLines(RepositoryFolder.Of("SECURITY.md"));

    /// <summary>What is promised, and the names of the tests that prove it.</summary>
    public static IReadOnlyList<(string Promise, IReadOnlyList<string> Proofs)> Promises =>
        [.. Rows("Promise").Select(row => (row[0], CodeIn(row[1])))];

    /// <summary>The App's permissions by GitHub's names, and how far each goes.</summary>
    public static IReadOnlyDictionary<string, string> Permissions =>
        Rows("Permission").ToDictionary(row => CodeIn(row[0])[0], row => row[1]);

    public static IReadOnlyList<string> Events => [.. Rows("Event").Select(row => CodeIn(row[0])[0])];

    /// <summary>The rows of all tables whose first column has this title.</summary>
    private static IEnumerable<string[]> Rows(string title) =>
        Lines.Index()
            .Where(line => line.Item.StartsWith($"| {title} |", StringComparison.Ordinal))
            .SelectMany(header => Lines.Skip(header.Index + 2).TakeWhile(line => line.StartsWith('|')))
            .Select(line => line.Trim('|').Split('|', StringSplitOptions.TrimEntries));

    private static List<string> CodeIn(string cell) => [.. Code.Matches(cell).Select(match => match.Groups[1].Value)];

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Code { get; }
}

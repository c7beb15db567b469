using System.Collections.Immutable;

namespace Deliverybot.Sandbox.World;

/// <summary>One file that differs between two trees, with GitHub's word for how.</summary>
internal sealed record FileChange(string Path, string Status, string? Old, string? Now)
{
    /// <summary>The whole file as one hunk: enough to be as large as GitHub's.</summary>
    public string Patch
    {
        get
        {
            string[] removed = LinesOf(Old);
            string[] added = LinesOf(Now);
            return $"@@ -1,{removed.Length} +1,{added.Length} @@\n"
                + string.Join('\n', removed.Select(line => $"-{line}").Concat(added.Select(line => $"+{line}")));
        }
    }

    public static IReadOnlyList<FileChange> Between(ImmutableDictionary<string, string>? before, ImmutableDictionary<string, string> after)
    {
        before ??= ImmutableDictionary<string, string>.Empty;
        return before.Keys.Union(after.Keys)
            .Order(StringComparer.Ordinal)
            .Select(path => (path, old: before.GetValueOrDefault(path), now: after.GetValueOrDefault(path)))
            .Where(file => file.old != file.now)
            .Select(file => new FileChange(file.path, file.old is null ? "added" : file.now is null ? "removed" : "modified", file.old, file.now))
            .ToList();
    }

    private static string[] LinesOf(string? content) => content is null ? [] : content.TrimEnd('\n').Split('\n');
}

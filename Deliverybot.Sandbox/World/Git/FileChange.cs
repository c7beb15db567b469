using System.Collections.Immutable;

namespace Deliverybot.Sandbox.World;

/// <summary>One file that differs between two trees, with GitHub's word for how.</summary>
internal sealed record FileChange(string Path, string Status)
{
    public static IReadOnlyList<FileChange> Between(ImmutableDictionary<string, string>? before, ImmutableDictionary<string, string> after)
    {
        before ??= ImmutableDictionary<string, string>.Empty;
        return before.Keys.Union(after.Keys)
            .Order(StringComparer.Ordinal)
            .Select(path => (path, old: before.GetValueOrDefault(path), now: after.GetValueOrDefault(path)))
            .Where(file => file.old != file.now)
            .Select(file => new FileChange(file.path, file.old is null ? "added" : file.now is null ? "removed" : "modified"))
            .ToList();
    }
}

using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace Deliverybot.Sandbox.World;

/// <summary>
/// The commits of a repository and of all its forks: GitHub keeps one store for the whole network, which is why a
/// fork's commit can be read under the base repository's address.
/// </summary>
internal sealed class ObjectStore
{
    private readonly Dictionary<string, Commit> _commits = new(StringComparer.Ordinal);
    private readonly Dictionary<string, AnnotatedTag> _tags = new(StringComparer.Ordinal);

    public static string HashOf(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 20));

    /// <summary>Git's name of a file's content: the same wherever it lies.</summary>
    public static string BlobOf(string content) => HashOf($"file {content}");

    public Commit? Find(string sha)
    {
        if (_commits.TryGetValue(sha, out var commit))
        {
            return commit;
        }

        return sha.Length is >= 7 and < 40
            ? _commits.Values.SingleOrDefault(candidate => candidate.Sha.StartsWith(sha, StringComparison.Ordinal))
            : null;
    }

    public Commit Get(string sha) => _commits[sha];

    /// <summary>The commit that a tag leads to, over other tags if need be.</summary>
    public Commit Peel(string sha) => FindTag(sha) is { } tag ? Peel(tag.TargetSha) : Get(sha);

    public AnnotatedTag? FindTag(string sha) => _tags.GetValueOrDefault(sha);

    public Commit Add(
        ImmutableArray<string> parents,
        ImmutableDictionary<string, string> files,
        Account author,
        string message,
        DateTimeOffset date,
        long sequence)
    {
        var tree = HashOf($"tree {sequence} {files.Count}");
        var sha = HashOf($"commit {sequence} {string.Join(' ', parents)} {author.Login} {date:O} {message}");
        var commit = new Commit(sha, tree, parents, files, author, message, date, sequence);
        _commits.Add(sha, commit);
        return commit;
    }

    public AnnotatedTag AddTag(string name, string targetSha, string message, Account tagger, DateTimeOffset date, long sequence)
    {
        var tag = new AnnotatedTag(HashOf($"tag {sequence} {name} {targetSha}"), name, targetSha, message, tagger, date);
        _tags.Add(tag.Sha, tag);
        return tag;
    }

    /// <summary>The commit and all its ancestors, newest first.</summary>
    public IEnumerable<Commit> History(string sha)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal) { sha };
        var open = new PriorityQueue<Commit, long>();
        open.Enqueue(Get(sha), -Get(sha).Sequence);
        while (open.TryDequeue(out var commit, out _))
        {
            yield return commit;
            foreach (var parent in commit.Parents.Where(seen.Add))
            {
                open.Enqueue(Get(parent), -Get(parent).Sequence);
            }
        }
    }

    public bool Contains(string head, string ancestor) => History(head).Any(commit => commit.Sha == ancestor);

    public Commit? MergeBase(string one, string other)
    {
        var ancestors = History(one).Select(commit => commit.Sha).ToHashSet(StringComparer.Ordinal);
        return History(other).FirstOrDefault(commit => ancestors.Contains(commit.Sha));
    }
}

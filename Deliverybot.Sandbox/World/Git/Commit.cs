using System.Collections.Immutable;

namespace Deliverybot.Sandbox.World;

/// <summary>A commit with the whole tree it stands for (path → content).</summary>
public sealed record Commit(
    string Sha,
    string TreeSha,
    ImmutableArray<string> Parents,
    ImmutableDictionary<string, string> Files,
    Account Author,
    string Message,
    DateTimeOffset Date,
    long Sequence)
{
    public string Headline => Message.Split('\n', 2)[0];
}

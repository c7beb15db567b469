namespace Deliverybot.Sandbox.World;

/// <summary>What <c>base...head</c> shows; <see cref="Ahead"/> is oldest first, as GitHub lists it.</summary>
internal sealed record Comparison(Commit Base, Commit Head, Commit? MergeBase, IReadOnlyList<Commit> Ahead, int BehindBy)
{
    public string Status => (Ahead.Count, BehindBy) switch
    {
        (0, 0) => "identical",
        (_, 0) => "ahead",
        (0, _) => "behind",
        _ => "diverged",
    };

    public static Comparison Of(ObjectStore objects, Commit @base, Commit head)
    {
        var inBase = objects.History(@base.Sha).Select(commit => commit.Sha).ToHashSet(StringComparer.Ordinal);
        var inHead = objects.History(head.Sha).Select(commit => commit.Sha).ToHashSet(StringComparer.Ordinal);
        var ahead = objects.History(head.Sha).Where(commit => !inBase.Contains(commit.Sha)).Reverse().ToList();
        return new Comparison(@base, head, objects.MergeBase(@base.Sha, head.Sha), ahead, inBase.Count(sha => !inHead.Contains(sha)));
    }
}

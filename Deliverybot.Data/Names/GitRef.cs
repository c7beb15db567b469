namespace Deliverybot.Data.Names;

/// <summary>A fully qualified Git reference: <c>refs/heads/main</c>, <c>refs/tags/v1</c>. Case counts.</summary>
public readonly record struct GitRef(string Value)
{
    private const string Refs = "refs/";
    private const string Heads = "refs/heads/";
    private const string Tags = "refs/tags/";
    private const string Refused = "~^:?*[\\\u007f";

    /// <summary>
    /// How the full names of the branches begin that GitHub's merge queue makes, one for each group that it tries:
    /// <see href="https://docs.github.com/repositories/configuring-branches-and-merges-in-your-repository/configuring-pull-request-merges/managing-a-merge-queue"/>.
    /// </summary>
    public const string MergeQueue = "refs/heads/gh-readonly-queue";

    public static GitRef Branch(string name) => new(Heads + name);

    public static GitRef Tag(string name) => new(Tags + name);

    public bool IsBranch => Value.StartsWith(Heads, StringComparison.Ordinal);

    public bool IsTag => Value.StartsWith(Tags, StringComparison.Ordinal);

    /// <summary>Whether GitHub's merge queue made the branch: its commits are tried out there, and may never come into any branch.</summary>
    public bool IsOfMergeQueue => Value.StartsWith(MergeQueue + "/", StringComparison.Ordinal);

    /// <summary>
    /// Whether Git lets a branch or tag be called so. In an address <c>refs/heads/../pull/7/head</c> would be the commit of a fork:
    /// <see href="https://git-scm.com/docs/git-check-ref-format"/>.
    /// </summary>
    public bool IsWellFormed =>
        (IsBranch || IsTag)
        && !Value.Contains("..", StringComparison.Ordinal)
        && !Value.Contains("@{", StringComparison.Ordinal)
        && !Value.EndsWith('.')
        && !Value.Any(character => character <= ' ' || Refused.Contains(character, StringComparison.Ordinal))
        && Value.Split('/').All(part => part.Length > 0 && part[0] != '.' && !part.EndsWith(".lock", StringComparison.Ordinal));

    /// <summary>The branch or tag as people write it: <c>main</c>, <c>v1</c>.</summary>
    public string ShortName =>
        IsBranch ? Value[Heads.Length..] : IsTag ? Value[Tags.Length..] : Value;

    /// <summary>The tag that is called like this branch, or the branch that is called like this tag: whether there is one or not.</summary>
    public GitRef Namesake() => IsBranch ? Tag(ShortName) : Branch(ShortName);

    /// <summary>
    /// What people mean by <c>main</c>, <c>heads/main</c>, <c>tags/v1</c> or <c>refs/tags/v1</c>, the likeliest first. A branch goes before
    /// a tag of the same name; whoever means the tag writes <c>tags/v1</c>.
    /// </summary>
    public static IReadOnlyList<GitRef> MeantBy(string text)
    {
        if (text.StartsWith(Refs, StringComparison.Ordinal))
        {
            return [new GitRef(text)];
        }

        return text.StartsWith("heads/", StringComparison.Ordinal) || text.StartsWith("tags/", StringComparison.Ordinal)
            ? [new GitRef(Refs + text), Branch(text), Tag(text)]
            : [Branch(text), Tag(text)];
    }

    public override string ToString() => Value;
}

namespace Deliverybot.Data.Names;

/// <summary>A fully qualified Git reference: <c>refs/heads/main</c>, <c>refs/tags/v1</c>. Case counts.</summary>
public readonly record struct GitRef(string Value)
{
    private const string Heads = "refs/heads/";
    private const string Tags = "refs/tags/";
    private const string Refused = "~^:?*[\\\u007f";

    public static GitRef Branch(string name) => new(Heads + name);

    public static GitRef Tag(string name) => new(Tags + name);

    public bool IsBranch => Value.StartsWith(Heads, StringComparison.Ordinal);

    public bool IsTag => Value.StartsWith(Tags, StringComparison.Ordinal);

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

    public override string ToString() => Value;
}

namespace Deliverybot.Data.Names;

/// <summary>A full commit id: 40 hexadecimal digits (64 in a SHA-256 repository), lower case.</summary>
public readonly record struct CommitSha(string Value)
{
    /// <summary>The first seven digits, as GitHub shows them.</summary>
    public string Short => Value[..7];

    /// <summary>What a push event names as <c>before</c> or <c>after</c> where there is no commit.</summary>
    public bool IsZero => Value.AsSpan().IndexOfAnyExcept('0') < 0;

    public static bool TryParse(string? text, out CommitSha sha)
    {
        if (text is { Length: 40 or 64 } && text.All(char.IsAsciiHexDigit))
        {
            sha = new CommitSha(text.ToLowerInvariant());
            return true;
        }

        sha = default;
        return false;
    }

    public static CommitSha Parse(string text) =>
        TryParse(text, out var sha) ? sha : throw new FormatException($"'{text}' is not a full commit sha: 40 or 64 hexadecimal digits.");

    public override string ToString() => Value;
}

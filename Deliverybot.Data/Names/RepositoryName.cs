namespace Deliverybot.Data.Names;

/// <summary>A repository as GitHub's addresses name it: <c>owner/name</c>. Compared without regard to case, as GitHub does.</summary>
public readonly record struct RepositoryName(string Owner, string Name)
{
    public static bool TryParse(string? text, out RepositoryName name)
    {
        var parts = text?.Split('/') ?? [];
        var whole = parts.Length == 2 && parts.All(part => part is not ("" or "." or ".."));
        name = whole ? new RepositoryName(parts[0], parts[1]) : default;
        return whole;
    }

    public static RepositoryName Parse(string text) =>
        TryParse(text, out var name) ? name : throw new FormatException($"'{text}' is not a repository: write owner/name.");

    public bool Equals(RepositoryName other) =>
        string.Equals(Owner, other.Owner, StringComparison.OrdinalIgnoreCase)
        && string.Equals(Name, other.Name, StringComparison.OrdinalIgnoreCase);

    public override int GetHashCode() =>
        HashCode.Combine(Owner.GetHashCode(StringComparison.OrdinalIgnoreCase), Name.GetHashCode(StringComparison.OrdinalIgnoreCase));

    public override string ToString() => $"{Owner}/{Name}";
}

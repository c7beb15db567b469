namespace Deliverybot.Data.Names;

/// <summary>The name a GitHub account signs in with. Compared without regard to case, as GitHub does; a bot's ends in <c>[bot]</c>.</summary>
public readonly record struct GitHubLogin(string Value)
{
    public bool IsBot => Value.EndsWith("[bot]", StringComparison.Ordinal);

    public bool Equals(GitHubLogin other) => string.Equals(Value, other.Value, StringComparison.OrdinalIgnoreCase);

    public override int GetHashCode() => Value.GetHashCode(StringComparison.OrdinalIgnoreCase);

    public override string ToString() => Value;
}

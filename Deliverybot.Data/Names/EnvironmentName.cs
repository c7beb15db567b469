namespace Deliverybot.Data.Names;

/// <summary>A GitHub environment, as it was written. Compared without regard to case, as GitHub does.</summary>
public readonly record struct EnvironmentName(string Value)
{
    /// <summary>The form that rows are keyed by.</summary>
    public string Key => Value.ToLowerInvariant();

    public bool Equals(EnvironmentName other) => Key == other.Key;

    public override int GetHashCode() => Key.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Value;
}

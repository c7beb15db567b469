namespace Deliverybot.Data.Names;

/// <summary>A key of <c>deploy.yml</c>. Case counts.</summary>
public readonly record struct TargetName(string Value)
{
    public override string ToString() => Value;
}

using System.Globalization;

namespace Deliverybot.Data.Names;

/// <summary>Our own number of a deployment, as in <c>/{owner}/{repo}/deployments/{id}</c>. A later wish has a higher one.</summary>
public readonly record struct DeploymentId(long Value) : IComparable<DeploymentId>
{
    public static bool operator <(DeploymentId left, DeploymentId right) => left.Value < right.Value;

    public static bool operator >(DeploymentId left, DeploymentId right) => left.Value > right.Value;

    public static bool operator <=(DeploymentId left, DeploymentId right) => left.Value <= right.Value;

    public static bool operator >=(DeploymentId left, DeploymentId right) => left.Value >= right.Value;

    public int CompareTo(DeploymentId other) => Value.CompareTo(other.Value);

    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}

using System.Globalization;

namespace Deliverybot.Data.Names;

/// <summary>GitHub's number of a deployment. A later deployment has a higher one, also where both were made in one second.</summary>
public readonly record struct GitHubDeploymentId(long Value) : IComparable<GitHubDeploymentId>
{
    public static bool operator <(GitHubDeploymentId left, GitHubDeploymentId right) => left.Value < right.Value;

    public static bool operator >(GitHubDeploymentId left, GitHubDeploymentId right) => left.Value > right.Value;

    public static bool operator <=(GitHubDeploymentId left, GitHubDeploymentId right) => left.Value <= right.Value;

    public static bool operator >=(GitHubDeploymentId left, GitHubDeploymentId right) => left.Value >= right.Value;

    public int CompareTo(GitHubDeploymentId other) => Value.CompareTo(other.Value);

    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}

namespace Deliverybot.Data.Names;

/// <summary>GitHub's number of a deployment.</summary>
public readonly record struct GitHubDeploymentId(long Value)
{
    public override string ToString() => Value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}

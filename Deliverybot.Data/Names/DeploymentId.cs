namespace Deliverybot.Data.Names;

/// <summary>Our own number of a deployment, as in <c>/{owner}/{repo}/deployments/{id}</c>.</summary>
public readonly record struct DeploymentId(long Value)
{
    public override string ToString() => Value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}

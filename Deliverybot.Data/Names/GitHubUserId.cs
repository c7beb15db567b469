namespace Deliverybot.Data.Names;

/// <summary>GitHub's number of a user: it stays when the login changes.</summary>
public readonly record struct GitHubUserId(long Value)
{
    public override string ToString() => Value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}

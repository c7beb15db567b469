namespace Deliverybot.Data.Deploying;

/// <summary>Whose token carries the wish out.</summary>
public enum DeploymentAccess
{
    /// <summary>The App's installation: the wish may wait.</summary>
    App,

    /// <summary>The person's own, which is gone once the request has ended.</summary>
    Person,
}

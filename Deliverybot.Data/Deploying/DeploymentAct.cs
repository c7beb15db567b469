namespace Deliverybot.Data.Deploying;

/// <summary>What is done.</summary>
public enum DeploymentAct
{
    Deploy,

    /// <summary>An environment goes back to what was live there before.</summary>
    Rollback,
}

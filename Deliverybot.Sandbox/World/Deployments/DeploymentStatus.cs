namespace Deliverybot.Sandbox.World;

/// <summary>One step of a deployment.</summary>
public sealed record DeploymentStatus(
    long Id,
    string State,
    string Description,
    string Environment,
    string LogUrl,
    string EnvironmentUrl,
    Account Creator,
    bool ByApp,
    DateTimeOffset CreatedAt);

using Deliverybot.Data.Names;

namespace Deliverybot.Jobs.GitHub.Deployments;

/// <summary>Which deployments to list; what is null doesn't matter.</summary>
internal sealed record DeploymentFilter(EnvironmentName? Environment = null, CommitSha? Sha = null);

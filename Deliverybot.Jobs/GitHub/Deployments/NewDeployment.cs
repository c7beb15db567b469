using System.Text.Json.Nodes;
using Deliverybot.Data.Names;

namespace Deliverybot.Jobs.GitHub.Deployments;

/// <summary>A deployment to create.</summary>
internal sealed record NewDeployment
{
    public required CommitSha Sha { get; init; }

    /// <summary>The branch or tag to name instead of the commit; null names the commit.</summary>
    public GitRef? Ref { get; init; }

    /// <summary>
    /// Whether the branch or tag is named in full, as <c>refs/heads/main</c>. GitHub keeps the name as it was sent, and workflows may read
    /// it (<c>github.event.deployment.ref</c>), so that the short one is sent where it can mean one thing only.
    /// </summary>
    public bool InFull { get; init; }

    /// <summary>Our row, written into the payload, by which <see cref="RepositoryDeployments.FindByCorrelationAsync"/> finds the deployment again.</summary>
    public required DeploymentId Correlation { get; init; }

    public required EnvironmentName Environment { get; init; }

    public string Task { get; init; } = "deploy";

    /// <summary>Cut at 140 characters.</summary>
    public string Description { get; init; } = "";

    public IReadOnlyList<string> RequiredContexts { get; init; } = [];

    public JsonObject Payload { get; init; } = [];

    public bool AutoMerge { get; init; }

    public bool TransientEnvironment { get; init; }

    public bool ProductionEnvironment { get; init; }
}

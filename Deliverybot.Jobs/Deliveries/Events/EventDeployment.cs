using System.Text.Json;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.DeployFile;
using Deliverybot.Jobs.DeployFile.Reading;

namespace Deliverybot.Jobs.Deliveries.Events;

/// <summary>The deployment of a <c>deployment</c> or <c>deployment_status</c> event.</summary>
internal sealed record EventDeployment(
    GitHubDeploymentId Id,
    CommitSha Sha,
    string? Ref,
    string? Task,
    EnvironmentName Environment,
    string? Description,
    EventAccount? Creator,
    DateTimeOffset CreatedAt,
    bool? ProductionEnvironment,
    bool? TransientEnvironment,
    JsonElement Payload)
{
    /// <summary>Our row's id, if we made it.</summary>
    public DeploymentId? Correlation =>
        Payload.ValueKind == JsonValueKind.Object
        && Payload.TryGetProperty(Target.CorrelationKey, out var id)
        && id.ValueKind == JsonValueKind.Number
        && id.TryGetInt64(out var value)
            ? new DeploymentId(value)
            : null;

    /// <summary>The target that its payload names, as ours do; empty where that is none which <c>deploy.yml</c> could have.</summary>
    public TargetName NamedTarget =>
        Payload.ValueKind == JsonValueKind.Object && Payload.TryGetProperty("target", out var target) && target.ValueKind == JsonValueKind.String
            && TargetNames.Fault(target.GetString()!) is null
            ? new TargetName(target.GetString()!)
            : new TargetName("");

    /// <summary>A GitHub Actions job with <c>environment:</c> filed it.</summary>
    public bool IsByActions => Creator is { Login: "github-actions[bot]" };
}

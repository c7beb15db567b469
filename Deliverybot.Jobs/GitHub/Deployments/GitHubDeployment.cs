using System.Text.Json;
using System.Text.Json.Serialization;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.GitHub.Access;

namespace Deliverybot.Jobs.GitHub.Deployments;

/// <summary>A deployment as it is at GitHub, whoever made it.</summary>
/// <param name="Named">The branch, tag or commit that was named when it was created.</param>
/// <param name="Payload">An object, or whatever text its maker sent.</param>
internal sealed record GitHubDeployment(
    GitHubDeploymentId Id,
    CommitSha Sha,
    [property: JsonPropertyName("ref")] string? Named,
    string? Task,
    EnvironmentName Environment,
    string? Description,
    GitHubAccount? Creator,
    DateTimeOffset? CreatedAt,
    JsonElement? Payload,
    bool TransientEnvironment,
    bool ProductionEnvironment)
{
    /// <summary>Our row, if we made it.</summary>
    [JsonIgnore]
    public DeploymentId? Correlation =>
        Payload is { ValueKind: JsonValueKind.Object } payload
        && payload.TryGetProperty(NewDeploymentJson.CorrelationKey, out var key)
        && key.ValueKind == JsonValueKind.Number
        && key.TryGetInt64(out var id)
            ? new DeploymentId(id)
            : null;
}

using System.Text.Json;
using System.Text.Json.Serialization;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.GitHub.Access;
using Deliverybot.Jobs.GitHub.Reading;

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
    public DeploymentId? Correlation => Payload is { } payload ? NewDeploymentJson.CorrelationIn(payload) : null;
}

/// <summary>A step that whoever deploys has reported.</summary>
internal sealed record GitHubDeploymentStatus(
    long Id,
    GitHubDeploymentState State,
    string? Description,
    string? LogUrl,
    string? TargetUrl,
    string? EnvironmentUrl,
    GitHubAccount? Creator,
    DateTimeOffset? CreatedAt);

/// <summary>A deployment status to write.</summary>
/// <param name="Description">GitHub takes 140 characters at most.</param>
internal sealed record NewDeploymentStatus(
    GitHubDeploymentState State,
    string? Description = null,
    Uri? LogUrl = null,
    Uri? EnvironmentUrl = null);

/// <summary>The state of a deployment status; <see cref="Unknown"/> for a word that GitHub added since.</summary>
[JsonConverter(typeof(StateConverter<GitHubDeploymentState>))]
internal enum GitHubDeploymentState
{
    Unknown,
    Queued,
    Pending,
    Waiting,
    InProgress,
    Success,
    Failure,
    Error,
    Inactive,
}

/// <summary>Deployments and their statuses. Fields that we don't know are skipped, and those that GitHub leaves out stay null.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters =
    [
        typeof(MomentConverter),
        typeof(NameConverters.Commit),
        typeof(NameConverters.Environment),
        typeof(NameConverters.Login),
        typeof(NameConverters.Deployment),
        typeof(NameConverters.User),
    ])]
[JsonSerializable(typeof(CreatedDeployment))]
[JsonSerializable(typeof(GitHubDeployment))]
[JsonSerializable(typeof(GitHubDeployment[]))]
[JsonSerializable(typeof(GitHubDeploymentStatus))]
[JsonSerializable(typeof(GitHubDeploymentStatus[]))]
[JsonSerializable(typeof(NewDeploymentStatus))]
internal sealed partial class DeploymentsJson : JsonSerializerContext;

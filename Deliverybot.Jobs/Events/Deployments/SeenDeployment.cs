using System.Text.Json;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.DeployFile;
using Deliverybot.Jobs.Events.Shapes;
using Deliverybot.Jobs.GitHub.Deployments;

namespace Deliverybot.Jobs.Events.Deployments;

/// <summary>A deployment as somebody has just told of it: an event, or GitHub's history.</summary>
/// <param name="Id">GitHub's number of it.</param>
/// <param name="Sha">What was deployed.</param>
/// <param name="Ref">The branch, tag or commit that was named when it was made.</param>
/// <param name="Environment">Where.</param>
/// <param name="Creator">Null where GitHub names no account any more.</param>
/// <param name="CreatedAt">When it was made; when we heard of it, where that isn't told.</param>
/// <param name="Payload">An object, or whatever text its maker sent.</param>
/// <param name="Run">The run whose job filed it. GitHub's history doesn't tell.</param>
internal sealed record SeenDeployment(
    GitHubDeploymentId Id,
    CommitSha Sha,
    string? Ref,
    EnvironmentName Environment,
    GitHubUser? Creator,
    DateTimeOffset CreatedAt,
    JsonElement Payload,
    EventWorkflowRun Run)
{
    public string? Task { get; init; }

    public string? Description { get; init; }

    public bool? ProductionEnvironment { get; init; }

    public bool? TransientEnvironment { get; init; }

    /// <summary>Our row's id, if we made it.</summary>
    public DeploymentId? Correlation => NewDeploymentJson.CorrelationIn(Payload);

    /// <summary>The target that its payload names, as ours do; empty where that is none which <c>deploy.yml</c> could have.</summary>
    public TargetName NamedTarget =>
        Payload.ValueKind == JsonValueKind.Object && Payload.TryGetProperty("target", out var target) && target.ValueKind == JsonValueKind.String
            && TargetNames.Fault(target.GetString()!) is null
            ? new TargetName(target.GetString()!)
            : new TargetName("");

    /// <summary>A GitHub Actions job with <c>environment:</c> filed it.</summary>
    public bool IsByActions => Creator is { Login.Value: "github-actions[bot]" };

    /// <param name="told">What an event says.</param>
    /// <param name="arrived">Counts where its own time can't be read.</param>
    public static SeenDeployment Of(EventDeployment told, EventWorkflowRun run, DateTimeOffset arrived) =>
        new(told.Id, told.Sha, told.Ref, told.Environment, told.Creator?.User, told.CreatedAt ?? arrived, told.Payload, run)
        {
            Task = told.Task,
            Description = told.Description,
            ProductionEnvironment = told.ProductionEnvironment,
            TransientEnvironment = told.TransientEnvironment,
        };

    /// <param name="found">What GitHub has kept.</param>
    /// <param name="now">Counts where it bears no time.</param>
    public static SeenDeployment Of(GitHubDeployment found, DateTimeOffset now) => new(
        found.Id,
        found.Sha,
        found.Named,
        found.Environment,
        found.Creator is { Login.Value.Length: > 0 } creator ? new GitHubUser(creator.Id.Value > 0 ? creator.Id : null, creator.Login) : null,
        found.CreatedAt ?? now,
        found.Payload ?? default,
        Run: default)
    {
        Task = found.Task,
        Description = found.Description,
        ProductionEnvironment = found.ProductionEnvironment,
        TransientEnvironment = found.TransientEnvironment,
    };
}

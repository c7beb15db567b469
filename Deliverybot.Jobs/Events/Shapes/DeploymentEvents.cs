using System.Text.Json;
using System.Text.Json.Serialization;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Core.Reports;

namespace Deliverybot.Jobs.Events.Shapes;

/// <summary><see href="https://docs.github.com/en/webhooks/webhook-events-and-payloads#deployment"/>.</summary>
internal sealed record DeploymentEvent(EventDeployment Deployment, EventRepository Repository, JsonElement? WorkflowRun)
{
    [JsonIgnore]
    public EventWorkflowRun Run => EventWorkflowRun.Of(WorkflowRun);
}

/// <summary><see href="https://docs.github.com/en/webhooks/webhook-events-and-payloads#deployment_status"/>.</summary>
internal sealed record DeploymentStatusEvent(DeploymentStatusEvent.Status DeploymentStatus, EventDeployment Deployment, EventRepository Repository, JsonElement? WorkflowRun)
{
    [JsonIgnore]
    public EventWorkflowRun Run => EventWorkflowRun.Of(WorkflowRun);

    /// <param name="State">In GitHub's words: <c>in_progress</c>, <c>success</c> …</param>
    internal sealed record Status(
        long Id, string State, string? Description, string? LogUrl, string? TargetUrl, string? EnvironmentUrl,
        DateTimeOffset? CreatedAt)
    {
        /// <param name="arrived">Counts where its own time can't be read.</param>
        public ReportedStatus AsReported(DateTimeOffset arrived) => new(
            Id,
            StatusWords.Read(State),
            State,
            ReportedStatus.Written(Description),
            ReportedStatus.Written(LogUrl) ?? ReportedStatus.Written(TargetUrl),
            ReportedStatus.Written(EnvironmentUrl),
            CreatedAt ?? arrived);
    }
}

/// <summary>The deployment of a <c>deployment</c> or <c>deployment_status</c> event.</summary>
internal sealed record EventDeployment(
    GitHubDeploymentId Id,
    CommitSha Sha,
    string? Ref,
    string? Task,
    EnvironmentName Environment,
    string? Description,
    EventAccount? Creator,
    DateTimeOffset? CreatedAt,
    bool? ProductionEnvironment,
    bool? TransientEnvironment,
    JsonElement Payload);

/// <summary>
/// The run of GitHub Actions whose job filed a deployment. GitHub sends it with <c>deployment</c> and <c>deployment_status</c>, null where
/// no job did (<see href="https://docs.github.com/en/webhooks/webhook-events-and-payloads#deployment"/>); what calls the API with the token
/// of a job is assumed to have none.
/// </summary>
/// <param name="IsKnown">There is one.</param>
/// <param name="Event">What it runs for: <c>push</c>, <c>pull_request</c>, <c>deployment</c> …</param>
internal readonly record struct EventWorkflowRun(bool IsKnown, string? Event)
{
    /// <summary>The events that judge a pull request before it is merged; their jobs run code that nobody has approved.</summary>
    private static readonly string[] OfPullRequests =
        ["pull_request", "pull_request_target", "pull_request_review", "pull_request_review_comment", "merge_group"];

    /// <summary>What a deployment of ours can set off. A job of another run has begun without it, so it doesn't carry it out.</summary>
    private static readonly string[] SetOffByDeployments = ["deployment", "deployment_status", "workflow_run", "workflow_dispatch", "repository_dispatch"];

    public bool IsOfPullRequest => OfPullRequests.Contains(Event);

    public bool MayFollowDeployment => Event is null || SetOffByDeployments.Contains(Event);

    public static EventWorkflowRun Of(JsonElement? told) => told is { ValueKind: JsonValueKind.Object } run
        ? new(IsKnown: true, run.TryGetProperty("event", out var name) && name.ValueKind == JsonValueKind.String ? name.GetString() : null)
        : default;
}

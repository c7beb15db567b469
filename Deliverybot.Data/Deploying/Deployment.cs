using Deliverybot.Data.Gates;
using Deliverybot.Data.Names;

namespace Deliverybot.Data.Deploying;

/// <summary>The one noun: a wish to deploy, whoever wished it, and its whole story. Times are UTC.</summary>
public sealed class Deployment
{
    public DeploymentId Id { get; private set; }

    public required RepositoryId RepositoryId { get; init; }

    /// <summary>The key in <c>deploy.yml</c>; empty for a deployment made by others that names none.</summary>
    public required TargetName Target { get; init; }

    public required EnvironmentName Environment
    {
        get;
        set
        {
            field = value;
            EnvironmentKey = value.Key;
        }
    }

    /// <summary><see cref="EnvironmentName.Key"/>: what queries compare.</summary>
    public string EnvironmentKey { get; private set; } = "";

    /// <summary>The branch or tag it was wished for; null where only a commit was named.</summary>
    public GitRef? Ref { get; init; }

    /// <summary>Resolved once, at the start; replaced only by what GitHub says it really deployed.</summary>
    public required CommitSha Sha { get; set; }

    /// <summary>When the commit was made; null where nobody told, for it is never asked for.</summary>
    public DateTimeOffset? CommittedAt { get; init; }

    public PullRequestNumber? PullRequest { get; init; }

    public required string Task { get; set; }

    public required DeploymentTrigger Trigger { get; init; }

    public required GitHubLogin RequestedBy { get; init; }

    /// <summary>The webhook that made the wish: with <see cref="Target"/> it makes a wish only once, however often it is processed.</summary>
    public WebhookDeliveryGuid? DeliveryGuid { get; init; }

    /// <summary>Deploy without regard to checks, order and queue; never to a lock.</summary>
    public bool Force { get; init; }

    /// <summary>The target as it was read, as JSON; null for a deployment made by others.</summary>
    public string? TargetDefinition { get; set; }

    /// <summary>The payload as sent to GitHub, JSON.</summary>
    public string? Payload { get; set; }

    public string Description { get; set; } = "";

    public bool ProductionEnvironment { get; set; }

    public bool TransientEnvironment { get; set; }

    public required DeploymentState State { get; set; }

    /// <summary>The gate that holds or refused it.</summary>
    public string? Gate { get; set; }

    /// <summary>One sentence: why it waits, or how it ended.</summary>
    public string? Reason { get; set; }

    /// <summary>The required contexts that GitHub named as unmet when it was last asked; events strike them out one by one.</summary>
    public string[] UnmetContexts { get; set; } = [];

    public GitHubDeploymentId? GitHubId { get; set; }

    /// <summary>The commit that was meant, where GitHub, asked for the branch, had moved on and made the deployment of another.</summary>
    public CommitSha? InPlaceOf { get; set; }

    /// <summary>The deployment that a GitHub Actions job files of its own while it carries out this one.</summary>
    public GitHubDeploymentId? CarriedOutBy { get; set; }

    /// <summary>What a rollback goes back to.</summary>
    public DeploymentId? RollbackTo { get; init; }

    public string? LogUrl { get; set; }

    public string? EnvironmentUrl { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When GitHub made the deployment.</summary>
    public DateTimeOffset? DeployedAt { get; set; }

    /// <summary>When it first succeeded: from here on it was live.</summary>
    public DateTimeOffset? SucceededAt { get; set; }

    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>The time of the newest GitHub status applied.</summary>
    public DateTimeOffset? StatusAt { get; set; }

    /// <summary>GitHub's number of the newest status applied: an older one, which comes late, has a lower number and never overwrites it.</summary>
    public long StatusId { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }

    /// <summary>The state and text last written as commit status <c>deliverybot/target</c>, so that it is written only when it changes.</summary>
    public string? CommitStatus { get; set; }

    /// <summary>When its pull request was told that it failed: that is said once.</summary>
    public DateTimeOffset? FailureToldAt { get; set; }

    /// <summary>PostgreSQL's <c>xmin</c>.</summary>
    public uint Version { get; private set; }

    public List<DeploymentStep> Steps { get; } = [];

    public List<Evaluation> Evaluations { get; } = [];
}

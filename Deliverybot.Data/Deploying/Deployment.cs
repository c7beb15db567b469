using Deliverybot.Data.Changes;
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

    public required DeploymentOrigin Origin
    {
        get => new(Cause, Act, Via, Access);
        init => (Cause, Act, Via, Access) = value;
    }

    public DeploymentCause Cause { get; private set; }

    public DeploymentAct Act { get; private set; }

    public DeploymentVia? Via { get; private set; }

    public DeploymentAccess Access { get; private set; }

    public required GitHubUser RequestedBy { get; init; }

    /// <summary>The webhook that made the wish: with <see cref="Target"/> it makes a wish only once, however often it is processed.</summary>
    public WebhookDeliveryGuid? DeliveryGuid { get; init; }

    /// <summary>Deploy without regard to checks, order, queue, window and soak; never to a lock.</summary>
    public bool Force { get; init; }

    /// <summary>
    /// A person's request that may wait, as an event's wish does: from its first look on the App carries it out, for no token is kept. False
    /// again of one that was answered at once, so that it never waited.
    /// </summary>
    public bool Waits { get; set; }

    /// <summary>The target as it was read, as JSON; null for a deployment made by others.</summary>
    public string? TargetDefinition { get; set; }

    /// <summary>The payload as sent to GitHub, JSON.</summary>
    public string? Payload { get; set; }

    public string Description { get; set; } = "";

    public bool ProductionEnvironment { get; set; }

    public bool TransientEnvironment { get; set; }

    public required DeploymentState State { get; set; }

    /// <summary>
    /// GitHub lets its job wait, for reviewers or for a time: a <see cref="DeploymentState.Pending"/> that may last for days. One that
    /// ended so was not approved: it never began.
    /// </summary>
    public bool AwaitsApproval { get; set; }

    /// <summary>Why a deployment made by others says nothing of what its environment runs; null for one that counts.</summary>
    public string? DoesNotCount { get; init; }

    /// <summary>The gate that holds or refused it.</summary>
    public string? Gate { get; set; }

    /// <summary>One sentence: why it waits, or how it ended.</summary>
    public Sentence? Reason { get; set; }

    /// <summary>
    /// When a waiting wish is looked at though no event has woken it: the time that its gate named, at the latest the end of the longest
    /// wait. Null where nobody has looked yet, and in rows of releases that named none.
    /// </summary>
    public DateTimeOffset? LookAt { get; set; }

    /// <summary>Of a wish that waits for a far time, or did: when it ends if nothing lets it go out; null: seven days after it was made.</summary>
    public DateTimeOffset? ExpiresAt { get; set; }

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

    /// <summary>When it last succeeded: from here on it was live. Null also where it <see cref="DoesNotCount"/>.</summary>
    public DateTimeOffset? SucceededAt { get; set; }

    /// <summary>When it first succeeded, where it was done again since; null where that is <see cref="SucceededAt"/>.</summary>
    public DateTimeOffset? FirstSucceededAt { get; set; }

    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>When its environment was taken down, of one that had failed there: failed it stays. Of all others the state says so.</summary>
    public DateTimeOffset? GoneAt { get; set; }

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

    public List<Change> Changes { get; } = [];

    /// <summary>What it was made for in an environment of its own, a preview for instance, was taken down.</summary>
    public bool IsGone => GoneAt is not null || (State is DeploymentState.Inactive && TransientEnvironment);

    public bool HasFailed => State is DeploymentState.Failure or DeploymentState.Error;

    /// <summary>What it is once that was told of it: that its environment was taken down doesn't undo a failure.</summary>
    public DeploymentState After(DeploymentState reported) => reported is DeploymentState.Inactive && HasFailed ? State : reported;

    /// <summary>When what was told of it happened, once its state is what follows from that: done again, it ends again.</summary>
    public void Note(DeploymentState reported, DateTimeOffset at)
    {
        GoneAt = reported is DeploymentState.Inactive && HasFailed ? GoneAt ?? at : null;
        if (reported is DeploymentState.Success)
        {
            NoteSuccess(at);
        }

        EndedAt = reported switch
        {
            DeploymentState.Success or DeploymentState.Failure or DeploymentState.Error => at,
            DeploymentState.Inactive => EndedAt ?? at,
            _ => null,
        };
    }

    /// <summary>
    /// Whoever carries it out may do it again, and tell of that in any order: what is live follows the last success, how long a commit
    /// took to get there the first.
    /// </summary>
    /// <returns>Whether that was news.</returns>
    public bool NoteSuccess(DateTimeOffset at)
    {
        if (DoesNotCount is not null)
        {
            return false;
        }

        var known = (SucceededAt, FirstSucceededAt);
        if (SucceededAt is not { } last)
        {
            SucceededAt = at;
        }
        else if (at > last)
        {
            FirstSucceededAt ??= last;
            SucceededAt = at;
        }
        else if (at < (FirstSucceededAt ?? last))
        {
            FirstSucceededAt = at;
        }

        return known != (SucceededAt, FirstSucceededAt);
    }
}

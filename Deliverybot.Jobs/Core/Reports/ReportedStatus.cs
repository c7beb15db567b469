using Deliverybot.Data;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Changes;
using Deliverybot.Jobs.GitHub.Deployments;
using Deliverybot.Jobs.GitHub.Transport;

namespace Deliverybot.Jobs.Core.Reports;

/// <summary>A step that whoever deploys has reported, as an event or GitHub's history tells it.</summary>
/// <param name="Id">GitHub's number of it: a later one is higher.</param>
/// <param name="Word">GitHub's word for the state, where it is told as such.</param>
/// <param name="At">When it was reported; when we heard of it, where that isn't told.</param>
internal sealed record ReportedStatus(long Id, ReportedState Reported, string? Word, string? Description, string? LogUrl, string? EnvironmentUrl, DateTimeOffset At)
{
    /// <param name="kept">What GitHub has kept.</param>
    /// <param name="before">Counts where it bears no time: that of what came before it.</param>
    public static ReportedStatus Of(GitHubDeploymentStatus kept, DateTimeOffset before) => new(
        kept.Id, StatusWords.Read(kept.State), Word: null, Written(kept.Description), Written(kept.LogUrl) ?? Written(kept.TargetUrl), Written(kept.EnvironmentUrl), kept.CreatedAt ?? before);

    /// <summary>What it says of the deployment, or what stands in for that.</summary>
    public string? Words(EnvironmentName environment) => StatusWords.Told(Description, Word, Reported, environment);

    /// <returns>Null where nothing is written in it.</returns>
    public static string? Written(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}

/// <summary>What has come of a reported status.</summary>
/// <param name="IsNew">It is the newest of its deployment.</param>
/// <param name="LetsOthersGoOn">Whoever waits for such a state may not have been woken yet.</param>
internal readonly record struct Heard(bool IsNew, bool LetsOthersGoOn);

/// <summary>Applies what was reported to the row of its deployment, never something older over something newer. The caller saves.</summary>
internal sealed class ReportedStatuses(DeliverybotContext db, UncountedSuccesses uncounted, Outbox outbox, TimeProvider time)
{
    /// <summary>What we have reported ourselves: channels hear of it. The event that tells of it wakes those who wait.</summary>
    public async Task ApplyOwnAsync(Turn turn, Deployment deployment, GitHubDeploymentId told, ReportedStatus status, CancellationToken cancellationToken)
    {
        await ApplyAsync(turn, deployment, told, status, cancellationToken);
        outbox.Add(deployment);
    }

    /// <param name="told">The deployment that it was reported of: the row's own, or that of a job which carries it out.</param>
    public async Task<Heard> ApplyAsync(
        Turn turn, Deployment deployment, GitHubDeploymentId told, ReportedStatus status, CancellationToken cancellationToken)
    {
        turn.MustCover(deployment);
        var state = status.Reported.State ?? deployment.State;
        if (status.Id <= deployment.StatusId || IsOvertakenByActions(deployment, told, state)
            || (state is DeploymentState.Inactive && await uncounted.HaveEndedAsync(deployment, told, status.At, cancellationToken)))
        {
            // Told again: those it wakes may not have been woken the first time.
            var hasReached = HearLate(deployment, told, status);
            return new Heard(IsNew: false, LetsOthersGoOn: status.Id == deployment.StatusId || hasReached);
        }

        // One that was refused at once has its state already, and nobody was woken by it.
        var staysFailed = state is DeploymentState.Inactive && deployment.HasFailed;
        state = deployment.After(state);
        var changed = deployment.State != state || deployment.StatusAt is null;
        deployment.StatusId = status.Id;
        deployment.StatusAt = status.At;
        deployment.AwaitsApproval = status.Reported.AwaitsApprovalAfter(deployment);
        deployment.State = state;
        deployment.UpdatedAt = time.GetUtcNow();
        var isOurs = IsOurs(deployment, status);
        if (!staysFailed)
        {
            deployment.LogUrl = status.LogUrl ?? deployment.LogUrl;
            deployment.EnvironmentUrl = status.EnvironmentUrl ?? deployment.EnvironmentUrl;
        }

        if (!isOurs && !staysFailed)
        {
            deployment.Reason = status.Words(deployment.Environment) is { } words ? Sentence.Plain(words) : null;
        }

        if (status.Reported.State is { } known)
        {
            deployment.Note(known, status.At);
        }

        db.DeploymentSteps.Add(StepOf(deployment, isOurs && !staysFailed ? status with { Description = null } : status));
        return new Heard(IsNew: true, LetsOthersGoOn: changed);
    }

    /// <summary>
    /// A success of which we hear when something newer was told of it already: it did succeed, and what comes after it may go on. Done
    /// once more on an older deployment, it counts from the last time.
    /// </summary>
    /// <returns>Whether what comes after it may not have been woken yet.</returns>
    private bool HearLate(Deployment deployment, GitHubDeploymentId told, ReportedStatus status)
    {
        if (status.Reported.State is DeploymentState.InProgress && deployment.AwaitsApproval && !deployment.State.IsActive())
        {
            // It was approved, and what came of it was told first.
            deployment.AwaitsApproval = false;
        }

        if (status.Reported.State is not DeploymentState.Success || IsOfEarlierJob(deployment, told) || status.Id >= deployment.StatusId)
        {
            return false;
        }

        if (deployment.NoteSuccess(status.At))
        {
            deployment.EndedAt = deployment.State.IsActive() ? deployment.EndedAt : status.At;
            db.DeploymentSteps.Add(StepOf(deployment, status));
        }

        return deployment.SucceededAt == status.At || deployment.FirstSucceededAt == status.At;
    }

    /// <summary>What we have told GitHub comes back as mere text: the row's own sentence knows who is named in it, and is kept.</summary>
    private static bool IsOurs(Deployment deployment, ReportedStatus status) =>
        deployment.Reason is { IsEmpty: false } reason && status.Description == DescriptionLength.Cut(reason.ToString());

    private static DeploymentStep StepOf(Deployment deployment, ReportedStatus status) => new()
    {
        DeploymentId = deployment.Id,
        State = status.Reported.State ?? deployment.State,
        AwaitsApproval = status.Reported.AwaitsApproval,
        At = status.At,
        Description = status.Words(deployment.Environment),
        LogUrl = status.LogUrl,
    };

    /// <summary>
    /// When a job's own deployment succeeds, GitHub makes earlier ones of the environment inactive, and ours and those of earlier jobs are
    /// among them: it is not gone, it is what the job has carried out. Of several jobs the last one tells how ours goes, unless an earlier
    /// one fails. What has succeeded once stays live while another job goes on with it.
    /// </summary>
    private static bool IsOvertakenByActions(Deployment deployment, GitHubDeploymentId told, DeploymentState state) => deployment.CarriedOutBy switch
    {
        null => false,
        { } last when told == last => deployment.State is DeploymentState.Success && state.IsActive(),
        _ when IsOfEarlierJob(deployment, told) => state is not (DeploymentState.Failure or DeploymentState.Error),
        _ => state is DeploymentState.Inactive,
    };

    private static bool IsOfEarlierJob(Deployment deployment, GitHubDeploymentId told) =>
        deployment.CarriedOutBy is { } last && told != last && told != deployment.GitHubId;
}

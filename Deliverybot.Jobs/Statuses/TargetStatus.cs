using Deliverybot.Data.Deploying;
using Deliverybot.Jobs.DeployFile.Json;
using Deliverybot.Jobs.Deploying;
using Deliverybot.Jobs.Gates;
using Deliverybot.Jobs.GitHub;
using Deliverybot.Jobs.GitHub.Commits;
using DeploymentState = Deliverybot.Data.Deploying.DeploymentState;

namespace Deliverybot.Jobs.Statuses;

/// <summary>What the commit status <c>deliverybot/target</c> is to say of a wish.</summary>
internal sealed record TargetStatus
{
    /// <summary>How the memo of a status begins that still has to end.</summary>
    public const string Pending = "pending";

    private TargetStatus(CommitState state, string text)
    {
        State = state;
        Text = DescriptionLength.Cut(text);
    }

    public CommitState State { get; }

    /// <summary>At most GitHub's 140 characters.</summary>
    public string Text { get; }

    /// <summary>How a row remembers that this was written.</summary>
    public string Memo => $"{(State == CommitState.Pending ? Pending : State.ToString())}: {Text}";

    /// <summary>Whether a row's memo is that of a status which still has to end.</summary>
    public static bool IsPending(string? memo) => memo?.StartsWith(Pending, StringComparison.Ordinal) ?? false;

    /// <summary>
    /// Null where nothing is to be said, so that what stands there stays. Where the same commit is there already, the status of the
    /// deployment that brought it is the truth.
    /// </summary>
    public static TargetStatus? Of(Deployment wish, DateTimeOffset now) => wish.State switch
    {
        DeploymentState.Waiting when wish is { Gate: not null, Reason: { } reason } && wish.IsAutomatic() => new(CommitState.Pending, reason),
        // Only where a reason to wait stands there, which is true no longer.
        DeploymentState.Pending or DeploymentState.InProgress when IsPending(wish.CommitStatus) => wish.HasBeenSilentSince(now - DeploymentKinds.LongestWait)
            ? new(CommitState.Success, $"Sent to {wish.Environment}, but nobody has said how it went.")
            : new(CommitState.Pending, $"On its way to {wish.Environment}."),
        DeploymentState.Success when Concerns(wish) => new(CommitState.Success, $"Deployed to {wish.Environment}."),
        DeploymentState.Failure or DeploymentState.Error when Concerns(wish) => new(CommitState.Failure, Failed(wish)),
        DeploymentState.Superseded when wish.Gate == GateNames.AlreadyThere => IsPending(wish.CommitStatus) ? new(CommitState.Success, wish.Reason!) : null,
        DeploymentState.Superseded or DeploymentState.Denied or DeploymentState.Cancelled when wish.IsAutomatic() =>
            new(CommitState.Success, $"Not deployed: {wish.Reason}"),
        DeploymentState.Inactive when IsPending(wish.CommitStatus) =>
            new(CommitState.Success, $"It was made inactive in {wish.Environment} before it succeeded."),
        _ => null,
    };

    /// <summary>What a person deploys counts for an automatic target, too: it may mend what an event's deployment left as failed.</summary>
    private static bool Concerns(Deployment wish) =>
        wish.IsAutomatic() || (wish.TargetDefinition is { } target && TargetJson.Read(target).AutoDeployOn is [_, ..]);

    private static string Failed(Deployment wish) => wish.Reason is { } reason
        ? $"The deployment to {wish.Environment} failed: {reason}"
        : $"The deployment to {wish.Environment} failed.";
}

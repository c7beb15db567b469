using System.Security.Cryptography;
using System.Text;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Core;
using Deliverybot.Jobs.DeployFile;
using Deliverybot.Jobs.Gates;
using Deliverybot.Jobs.GitHub.Commits;
using Deliverybot.Jobs.GitHub.Transport;

namespace Deliverybot.Jobs.Channels.Statuses;

/// <summary>
/// What the commit status <c>deliverybot/target</c> is to say of a wish. Others' gates and GitHub's branch rules may require it, so it is
/// a success only where the commit has really been deployed. What was refused or ended is an error. A commit that something newer has
/// overtaken is neither, and GitHub has no such state for commits: its status stays pending, and says so.
/// </summary>
internal sealed record TargetStatus
{
    /// <summary>How the memo of a status begins that stays pending at GitHub, and says that nothing more is to come.</summary>
    public const string Left = "left";

    private readonly Sentence _sentence;

    private TargetStatus(CommitState state, Sentence sentence, bool isLeft = false)
    {
        State = state;
        _sentence = sentence;
        Memo = $"{(isLeft ? Left : state == CommitState.Pending ? SaidOfCommits.Pending : state.ToString())}: {sentence.Kept}";
    }

    public CommitState State { get; }

    /// <summary>At most GitHub's 140 characters.</summary>
    public string Text => DescriptionLength.Cut(_sentence.ToString());

    /// <summary>How a row remembers that this was written, with its people.</summary>
    public string Memo { get; }

    /// <summary>Another deployment brings the commit there, or has: what is still to be said of the wish is how that one goes.</summary>
    public static bool FollowsAnother(Deployment wish) =>
        wish is { State: DeploymentState.Superseded, Gate: GateNames.AlreadyThere } && wish.SaysPending();

    /// <summary>
    /// Null where nothing is to be said, so that what stands there stays. Where the same commit is there already, the status of the
    /// deployment that brought it is the truth.
    /// </summary>
    /// <param name="now">What time it is.</param>
    /// <param name="other">The deployment that brings the commit, of a wish that follows another; null: there is none any more.</param>
    public static TargetStatus? Of(Deployment wish, DateTimeOffset now, Deployment? other = null) => Of(wish, now, other, isOpen: wish.SaysPending());

    /// <summary>The same of the wish that says how its commit stands there, where another one's text stands in its place: all of it is to be said anew.</summary>
    public static TargetStatus? OfStanding(Deployment wish, DateTimeOffset now) => Concerns(wish) ? Of(wish, now, other: null, isOpen: true) : null;

    /// <param name="isOpen">Whether something stands there that still has to end.</param>
    private static TargetStatus? Of(Deployment wish, DateTimeOffset now, Deployment? other, bool isOpen) => wish.State switch
    {
        DeploymentState.Waiting when wish is { Gate: not null, Reason: { } reason } && wish.MayWait() => new(CommitState.Pending, reason),
        // It may last for days, so that it is said also where nothing was said before.
        DeploymentState.Pending when wish.AwaitsApproval && (wish.MayWait() || isOpen) =>
            wish.HasBeenSilentSince(now - SilentDeployments.PatienceForApproval)
                ? new(CommitState.Error, $"Not deployed: Nobody has approved it at GitHub for {SilentDeployments.PatienceForApproval.TotalDays:0} days.")
                : new(CommitState.Pending, StateWords.AwaitsApproval(wish.Environment)),
        // Only where a reason to wait stands there, which is true no longer.
        DeploymentState.Pending or DeploymentState.InProgress when isOpen => IsGivenUp(wish, now)
            ? Unheard(wish)
            : new(CommitState.Pending, StateWords.OnItsWay(wish.Environment)),
        DeploymentState.Success when Concerns(wish) => Deployed(wish),
        // It never began, so that nothing of it has failed.
        DeploymentState.Failure or DeploymentState.Error when wish.AwaitsApproval && Concerns(wish) =>
            NotApproved(wish),
        DeploymentState.Failure or DeploymentState.Error when Concerns(wish) => Failed(wish, wish.Reason),
        DeploymentState.Superseded when FollowsAnother(wish) => Following(wish, other, now),
        DeploymentState.Superseded when wish.MayWait() && isOpen =>
            new(CommitState.Pending, $"Not deployed: {wish.Reason}", isLeft: true),
        DeploymentState.Denied or DeploymentState.Cancelled when wish.MayWait() => new(CommitState.Error, $"Not deployed: {wish.Reason}"),
        DeploymentState.Inactive when isOpen => wish.SucceededAt is null ? Removed(wish) : Deployed(wish),
        _ => null,
    };

    /// <summary>Of the commit that a wish was for, where GitHub has taken a newer one in its place.</summary>
    public static TargetStatus Replaced(Deployment wish) =>
        new(CommitState.Pending, $"Not deployed: {wish.Sha.Short} is newer and takes its place.", isLeft: true);

    private static TargetStatus Following(Deployment wish, Deployment? other, DateTimeOffset now) => other switch
    {
        null => new(CommitState.Pending, $"Not deployed: {wish.Reason}", isLeft: true),
        { State: DeploymentState.Failure or DeploymentState.Error, AwaitsApproval: true } => NotApproved(other),
        { State: DeploymentState.Failure or DeploymentState.Error } => Failed(wish, other.Reason),
        { SucceededAt: not null } => Deployed(wish),
        { State: DeploymentState.Inactive } => Removed(wish),
        _ when IsGivenUp(other, now) => Unheard(wish),
        _ => new(CommitState.Pending, wish.Reason!),
    };

    private static bool IsGivenUp(Deployment sent, DateTimeOffset now) => sent.SilentSince(now) is not null;

    private static TargetStatus Deployed(Deployment wish) =>
        new(CommitState.Success, wish.Force ? (Sentence)$"Deployed to {wish.Environment} by force." : StateWords.Deployed(wish.Environment));

    private static TargetStatus Failed(Deployment wish, Sentence? why) => why is null
        ? new(CommitState.Failure, $"The deployment to {wish.Environment} failed.")
        : new(CommitState.Failure, $"The deployment to {wish.Environment} failed: {why}");

    private static TargetStatus NotApproved(Deployment refused) => new(CommitState.Error, $"Not deployed: {StateWords.WhyFailed(refused)}");

    private static TargetStatus Removed(Deployment wish) =>
        new(CommitState.Error, $"Not deployed: It was made inactive in {wish.Environment} before it succeeded.");

    private static TargetStatus Unheard(Deployment wish) =>
        new(CommitState.Pending, $"Sent to {wish.Environment}, but nobody has said how it went.", isLeft: true);

    /// <summary>
    /// What a person deploys counts for an automatic target, too: it may mend what an event's deployment left as failed. Another task than
    /// the target's own says nothing of where the commit is.
    /// </summary>
    private static bool Concerns(Deployment wish) =>
        wish.MayWait()
        || (wish.TargetDefinition is { } target && TargetJson.Read(target).AutoDeployOn is [_, ..] && wish.IsOfItsTask());
}

/// <summary>The contexts of the commit statuses that are ours.</summary>
internal static class Contexts
{
    /// <summary>GitHub keeps no longer ones.</summary>
    private const int Longest = 255;

    /// <summary>How a commit stands at a target. Of a name that is too long for it the end is left out, and a mark of the whole name put there.</summary>
    public static string Of(TargetName target)
    {
        var context = $"deliverybot/{target}";
        if (context.Length <= Longest)
        {
            return context;
        }

        var mark = $"…{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(target.Value)))[..8]}";
        var kept = context[..(Longest - mark.Length)];
        return (char.IsHighSurrogate(kept[^1]) ? kept[..^1] : kept) + mark;
    }
}

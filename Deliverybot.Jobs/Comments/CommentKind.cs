using Deliverybot.Data.Names;

namespace Deliverybot.Jobs.Comments;

/// <summary>What a comment tells of that is kept as things stand: a pull request has one of each kind.</summary>
/// <remarks>
/// It is stored in the column of targets: no target's name has a control character in it, and none can be called as the commit status about
/// <c>deploy.yml</c> is.
/// </remarks>
internal sealed record CommentKind
{
    private CommentKind(string stored, CommentMark mark) => (Stored, Mark) = (new TargetName(stored), mark);

    /// <summary>Whether <c>deploy.yml</c> can be read.</summary>
    public static CommentKind Rules { get; } = new("config", CommentMark.OfBrokenRules);

    public TargetName Stored { get; }

    /// <summary>By which it is found again.</summary>
    public CommentMark Mark { get; }

    /// <summary>How the pull request stands at a target.</summary>
    public static CommentKind Of(TargetName target) => new(target.Value, CommentMark.OfTarget(target));

    /// <summary>A rollback that was asked for there.</summary>
    public static CommentKind OfRollback(DeploymentId rollback) => new($"rollback\n{rollback}", CommentMark.OfRollback(rollback));

    /// <summary>That a deployment failed.</summary>
    public static CommentKind OfFailure(DeploymentId failed) => new($"failure\n{failed}", CommentMark.OfFailure(failed));

    public override string ToString() => Stored.Value;
}

using Deliverybot.Data.Names;

namespace Deliverybot.Jobs.Core.Branches;

/// <summary>Where a branch is after an event told of it.</summary>
/// <param name="Head">Null: the branch is gone.</param>
/// <param name="Asked">The event didn't begin where the branch was, so GitHub was asked: others may have come between.</param>
/// <param name="WasKnown">The branch was known to be there before the event told: GitHub had said so meanwhile, or another event.</param>
internal readonly record struct HeadMove(CommitSha? Head, bool Asked, bool WasKnown = false)
{
    /// <summary>Whether an event that brought this commit came late: the branch has moved on since.</summary>
    public bool IsPast(CommitSha sha) => Asked && Head != sha;
}

namespace Deliverybot.Jobs.GitHub.PullRequests;

/// <summary>What became of a reaction.</summary>
internal enum ReactionOutcome
{
    Given,

    /// <summary>We had given it before.</summary>
    ThereAlready,

    /// <summary>The comment has been deleted.</summary>
    CommentGone,
}

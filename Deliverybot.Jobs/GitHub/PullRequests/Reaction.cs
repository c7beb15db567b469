namespace Deliverybot.Jobs.GitHub.PullRequests;

/// <summary>The reactions that we give.</summary>
internal enum Reaction
{
    Eyes,
    Rocket,
    Confused,
    ThumbsDown,
}

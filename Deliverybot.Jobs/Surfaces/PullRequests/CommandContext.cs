using Deliverybot.Data.Installations;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Acts;
using Deliverybot.Jobs.GitHub;
using Deliverybot.Jobs.GitHub.PullRequests;

namespace Deliverybot.Jobs.Surfaces.PullRequests;

/// <summary>Who has written a command, and where.</summary>
/// <param name="Repository">As it is known here.</param>
/// <param name="Pull">As GitHub showed it when the comment was read: its head is what is meant.</param>
/// <param name="ReadAt">When GitHub was asked for it.</param>
/// <param name="Actor">The writer, who acts by the App.</param>
/// <param name="Delivery">Stands for the comment, whichever webhook brought it: by that nothing is done twice.</param>
internal sealed record CommandContext(
    Repository Repository, GitHubPullRequest Pull, DateTimeOffset ReadAt, Actor Actor, WebhookDeliveryGuid Delivery)
{
    /// <summary>The App's own access.</summary>
    public RepositoryClient GitHub => Actor.GitHub;

    /// <summary>Why nothing new can be done with its commits; null while it is open.</summary>
    public string? Closed => Pull switch
    {
        { IsOpen: true } => null,
        { MergedAt: not null } => $"Pull request {Pull.Number} was merged",
        _ => $"Pull request {Pull.Number} is closed",
    };
}

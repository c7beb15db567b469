using Deliverybot.Data.Names;

namespace Deliverybot.Site.Pages.Environments;

/// <summary>What keeps an environment as it is.</summary>
/// <param name="IsHold">Left by a rollback: stops events only.</param>
internal sealed record HeldView(bool IsHold, GitHubLogin Holder, string Reason, DateTimeOffset Since, DateTimeOffset? Until, PullRequestNumber? PullRequest);

using System.Globalization;
using Deliverybot.Data.Names;

namespace Deliverybot.Site.Pages.Environments;

/// <summary>What an environment runs.</summary>
/// <param name="Deployment">The deployment that brought it there.</param>
/// <param name="Sha">The commit.</param>
/// <param name="Headline">The first line of its message; null where GitHub doesn't have the commit any more.</param>
/// <param name="By">Who.</param>
/// <param name="How">What set it off, as the beginning of "… by octocat".</param>
/// <param name="Since">When it first succeeded there.</param>
/// <param name="Url">Where it can be seen at work.</param>
/// <param name="PullRequest">The pull request that it belongs to.</param>
/// <param name="Branch">The branch it is measured against.</param>
/// <param name="Behind">How many commits of that branch it lacks; null where that can't be said.</param>
internal sealed record LiveView(
    DeploymentId Deployment,
    CommitSha Sha,
    string? Headline,
    GitHubLogin By,
    string How,
    DateTimeOffset Since,
    string? Url,
    PullRequestNumber? PullRequest,
    GitRef? Branch,
    int? Behind)
{
    /// <summary>Null where it can't be said, as for a preview.</summary>
    public string? BehindText => (Behind, Branch) switch
    {
        (0, { } branch) => $"up to date with {branch.ShortName}",
        ({ } commits, { } branch) => string.Create(CultureInfo.InvariantCulture, $"{commits} behind {branch.ShortName}"),
        _ => null,
    };
}

using Deliverybot.Data.Deploying;
using Deliverybot.Jobs.Acts;
using Deliverybot.Jobs.Acts.Deploying;
using Deliverybot.Jobs.Surfaces.Words;

namespace Deliverybot.Jobs.Surfaces.Slack.Commands;

/// <summary>
/// A channel, and the repository that was meant there. A commit that is named by itself has to be one of the default branch: GitHub shows
/// those of forks under the same address.
/// </summary>
internal sealed class SlackPlace(Actor actor) : CommandPlace(actor)
{
    public override DeploymentVia Via => DeploymentVia.Slack;

    /// <summary>The commit behind <c>@main</c>, <c>@refs/tags/v1</c> or <c>@1a2b3c4</c>; the head of the default branch where none is named.</summary>
    public override async Task<MeantCommit> CommitAsync(string? named, CancellationToken cancellationToken)
    {
        if (Actor.DefaultBranch is not { } branch)
        {
            return Unknown(named);
        }

        if (named is null)
        {
            return await Actor.GitHub.Refs.HeadAsync(branch, cancellationToken) is { } head
                ? new MeantCommit.Found(head, new CommitSource.LookedAt(branch))
                : Unknown(named);
        }

        return await Actor.GitHub.Refs.ResolveAsync(named, cancellationToken) is { } resolved
            ? new MeantCommit.Found(resolved.Sha, new CommitSource.LookedAt(resolved.Ref ?? branch))
            : Unknown(named);
    }

    private static MeantCommit.None Unknown(string? named) => new(named is null
        ? new ActResult(ActEnd.Unknown, $"There are no commits", $"The default branch is empty.")
        : new ActResult(
            ActEnd.Unknown,
            $"There is no {named}",
            $"There is no branch, tag or commit of that name. Write it like @main, @refs/tags/v1 or @1a2b3c4."));
}

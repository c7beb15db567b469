using Deliverybot.Data;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Acts;
using Deliverybot.Jobs.Acts.Deploying;
using Deliverybot.Jobs.DeployFile.Faults;
using Deliverybot.Jobs.Surfaces.Words;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Surfaces.Slack.Commands;

/// <summary>
/// A channel, and the repository that was meant there. A commit that is named by itself has to be one of the default branch: GitHub shows
/// those of forks under the same address.
/// </summary>
internal sealed class SlackPlace(Actor actor, DeliverybotContext db) : CommandPlace(actor)
{
    /// <summary>Of more branches and tags, one that was pushed to long ago is hardly what was meant.</summary>
    private const int MostSeen = 500;

    public override DeploymentVia Via => DeploymentVia.Slack;

    /// <summary>The commit behind <c>@main</c>, <c>@refs/tags/v1</c> or <c>@1a2b3c4</c>; the head of the default branch where none is named.</summary>
    public override async Task<MeantCommit> CommitAsync(string? named, CancellationToken cancellationToken)
    {
        if (Actor.DefaultBranch is not { } branch)
        {
            return Empty;
        }

        if (named is null)
        {
            return await Actor.GitHub.Refs.HeadAsync(branch, cancellationToken) is { } head
                ? new MeantCommit.Found(head, new CommitSource.LookedAt(branch))
                : Empty;
        }

        return await Actor.GitHub.Refs.ResolveAsync(named, cancellationToken) is { } resolved
            ? new MeantCommit.Found(resolved.Sha, new CommitSource.LookedAt(resolved.Ref ?? branch))
            : await UnknownAsync(named, branch, cancellationToken);
    }

    private static MeantCommit.None Empty => new(new ActResult(ActEnd.Unknown, $"There are no commits", $"The default branch is empty."));

    private async Task<MeantCommit.None> UnknownAsync(string named, GitRef branch, CancellationToken cancellationToken)
    {
        var seen = await db.RefHeads.AsNoTracking()
            .Where(row => row.RepositoryId == Actor.Repository && row.Sha != null)
            .OrderByDescending(row => row.SeenAt).Take(MostSeen)
            .Select(row => row.Ref)
            .ToListAsync(cancellationToken);
        var hint = NearestName.Hint(new GitRef(named).ShortName, [.. seen.Append(branch).Select(name => name.ShortName).Distinct()]);
        return new MeantCommit.None(new ActResult(
            ActEnd.Unknown,
            $"There is no {named}",
            $"There is no branch, tag or commit of that name{hint}{(hint.EndsWith('?') ? "" : ".")} Write it like @main, @refs/tags/v1 or @1a2b3c4."));
    }
}

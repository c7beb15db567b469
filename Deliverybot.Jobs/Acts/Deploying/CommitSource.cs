using Deliverybot.Data.Names;
using Deliverybot.Jobs.DeployFile;
using Deliverybot.Jobs.GitHub;
using Deliverybot.Jobs.GitHub.PullRequests;
using Deliverybot.Jobs.GitHub.Transport;

namespace Deliverybot.Jobs.Acts.Deploying;

/// <summary>Where a person has a commit from: that has to vouch for it.</summary>
internal abstract record CommitSource
{
    private CommitSource()
    {
    }

    public abstract TAnswer Match<TAnswer>(Func<LookedAt, TAnswer> lookedAt, Func<NamedIn, TAnswer> namedIn);

    /// <summary>A branch or tag that it was looked at on.</summary>
    public sealed record LookedAt(GitRef Ref) : CommitSource
    {
        /// <summary>What the name may mean besides, where there is nothing that <see cref="Ref"/> names.</summary>
        public IReadOnlyList<GitRef> Otherwise { get; init; } = [];

        /// <summary>As a person wrote it, in short or in full.</summary>
        public static LookedAt Named(string text)
        {
            var meant = GitRef.MeantBy(text);
            return new LookedAt(meant[0]) { Otherwise = [.. meant.Skip(1)] };
        }

        public override TAnswer Match<TAnswer>(Func<LookedAt, TAnswer> lookedAt, Func<NamedIn, TAnswer> namedIn) => lookedAt(this);
    }

    /// <summary>A pull request that it was named in.</summary>
    /// <param name="Pull">As GitHub showed it.</param>
    /// <param name="ReadAt">When GitHub was asked for it.</param>
    /// <param name="ShaNamed">Whether the person wrote the commit down, and didn't just mean the head.</param>
    public sealed record NamedIn(GitHubPullRequest Pull, DateTimeOffset ReadAt, bool ShaNamed) : CommitSource
    {
        public override TAnswer Match<TAnswer>(Func<LookedAt, TAnswer> lookedAt, Func<NamedIn, TAnswer> namedIn) => namedIn(this);
    }
}

/// <summary>
/// The pull request that a commit belongs to which was looked at on a branch, so that a click, Slack and a comment know the same. GitHub
/// is asked only where that makes a difference.
/// </summary>
internal static class BranchPullRequest
{
    /// <returns>Null if the branch has none that is open, or no target cares.</returns>
    /// <exception cref="RetryLaterException">GitHub can't be used now.</exception>
    public static async Task<PullRequestNumber?> FindAsync(
        GitRef lookedAt, IEnumerable<Target> targets, RepositoryClient github, CancellationToken cancellationToken) =>
        lookedAt.IsBranch && targets.Any(target => target.DependsOnPullRequest)
            ? (await github.PullRequests.FindOpenAsync(lookedAt, cancellationToken))?.Number
            : null;
}

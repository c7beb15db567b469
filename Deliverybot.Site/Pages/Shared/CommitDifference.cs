using Deliverybot.Data.Names;
using Deliverybot.Jobs.GitHub;
using Deliverybot.Jobs.GitHub.Commits;
using Deliverybot.Jobs.GitHub.GraphQl;
using Deliverybot.Jobs.GitHub.Transport;

namespace Deliverybot.Site.Pages.Shared;

/// <summary>How one commit differs from another, as GitHub compares them.</summary>
/// <param name="Came">What it has that the other lacks, the oldest first; not more than a reader looks through.</param>
/// <param name="MoreCame">How many there are besides.</param>
/// <param name="Left">What it lacks that the other has, likewise.</param>
/// <param name="MoreLeft">How many there are besides.</param>
internal sealed record CommitDifference(IReadOnlyList<CameCommit> Came, int MoreCame, IReadOnlyList<CameCommit> Left, int MoreLeft)
{
    /// <summary>Why GitHub doesn't show them; null where it does.</summary>
    public string? Fault { get; init; }

    public int CameCount => Came.Count + MoreCame;

    public int LeftCount => Left.Count + MoreLeft;

    public static CommitDifference None { get; } = new([], 0, [], 0);

    /// <summary>One call, and another one where something leaves.</summary>
    /// <param name="most">How many commits are named each way; 100 at most.</param>
    /// <returns>Null if one of the two is unknown, or they have nothing in common.</returns>
    public static async Task<CommitDifference?> ReadAsync(RepositoryClient github, Revision from, Revision to, int most, CancellationToken cancellationToken)
    {
        if (from == to)
        {
            return None;
        }

        try
        {
            if (await github.Commits.RangeAsync(from, to, most, cancellationToken) is not { } came)
            {
                return null;
            }

            var left = came.BehindBy > 0 ? await github.Commits.RangeAsync(to, from, most, cancellationToken) : null;
            return new CommitDifference(Named(came, most), More(came.AheadBy, most), Named(left, most), More(came.BehindBy, most));
        }
        catch (RetryLaterException later)
        {
            return None with { Fault = later.Reason };
        }
        catch (GitHubRefusedException refused)
        {
            return None with { Fault = $"GitHub says: {refused.Words}" };
        }
    }

    private static IReadOnlyList<CameCommit> Named(CommitRange? range, int most) => [.. (range?.Commits ?? []).Take(most).Select(CameCommit.Of)];

    private static int More(int all, int most) => Math.Max(0, all - most);
}

internal sealed record CameCommit(CommitSha Sha, CommitWords Words)
{
    public static CameCommit Of(GitHubCommit commit) => new(commit.Sha, CommitWords.Of(commit.Headline, commit.Author?.Login.Value ?? commit.Commit.Author?.Name));
}

/// <summary>Commits in a panel.</summary>
/// <param name="More">How many there are besides.</param>
/// <param name="MoreAt">Where GitHub shows them.</param>
internal sealed record CommitList(RepositoryName Repository, IReadOnlyList<CameCommit> Commits, int More, string MoreAt);

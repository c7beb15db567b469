using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Acts.Rollbacks;
using Deliverybot.Jobs.GitHub;
using Deliverybot.Jobs.GitHub.Commits;
using Deliverybot.Jobs.GitHub.GraphQl;
using Deliverybot.Jobs.GitHub.Transport;
using Deliverybot.Site.Rights;
using Deliverybot.Site.SignIn;

namespace Deliverybot.Site.Pages.Deployments;

/// <summary>Reads what helps where a deployment has failed: what came with it, by one call, and where its environment can go back to.</summary>
internal sealed class FailureReader(UserSession session, GitHubClients gitHub, EnvironmentRollbacks rollbacks, EarlierDeployments history)
{
    private const int MostCommits = 20;

    /// <returns>Null if it hasn't failed, never began, or touched no environment of ours.</returns>
    public async Task<FailureView?> ReadAsync(RepositoryAccess access, Deployment row, CancellationToken cancellationToken)
    {
        if (row is not { HasFailed: true, AwaitsApproval: false, DoesNotCount: null })
        {
            return null;
        }

        var github = gitHub.User(session.Token).Repository(access.Name);
        return new FailureView(
            access.CanWrite && row.GoneAt is null ? await OfferAsync(row, github, cancellationToken) : null,
            await history.GoodBeforeAsync(row, cancellationToken) is { } good ? await SinceAsync(good, row.Sha, github, cancellationToken) : null);
    }

    private async Task<RollbackOffer?> OfferAsync(Deployment row, RepositoryClient github, CancellationToken cancellationToken)
    {
        try
        {
            return await rollbacks.OfferAsync(row, github, cancellationToken);
        }
        catch (Exception unread) when (unread is RetryLaterException or GitHubRefusedException)
        {
            // The board has it, too, and says what GitHub says.
            return null;
        }
    }

    private static async Task<SinceGood?> SinceAsync(Deployment good, CommitSha failed, RepositoryClient github, CancellationToken cancellationToken)
    {
        if (good.Sha == failed)
        {
            return new SinceGood(good, [], More: 0, Left: 0);
        }

        try
        {
            return await github.Commits.RangeAsync(good.Sha, failed, MostCommits, cancellationToken) is { } range
                ? new SinceGood(good, [.. range.Commits.Take(MostCommits).Select(CameCommit.Of)], Math.Max(0, range.AheadBy - MostCommits), range.BehindBy)
                : null;
        }
        catch (RetryLaterException later)
        {
            return new SinceGood(good, [], More: 0, Left: 0) { Fault = later.Reason };
        }
        catch (GitHubRefusedException refused)
        {
            return new SinceGood(good, [], More: 0, Left: 0) { Fault = $"GitHub says: {refused.Words}" };
        }
    }
}

/// <summary>What helps where a deployment has failed.</summary>
/// <param name="Back">Where a rollback would go; null where it goes nowhere, or whoever looks may not.</param>
/// <param name="Since">What came with it; null where nothing went well before, or the two can't be compared.</param>
internal sealed record FailureView(RollbackOffer? Back, SinceGood? Since);

/// <summary>What changed since the last deployment that went well.</summary>
/// <param name="Commits">The oldest first; not more than a reader looks through.</param>
/// <param name="More">How many there are besides.</param>
/// <param name="Left">How many commits of the good one are left.</param>
internal sealed record SinceGood(Deployment Good, IReadOnlyList<CameCommit> Commits, int More, int Left)
{
    /// <summary>Why GitHub doesn't show them; null where it does.</summary>
    public string? Fault { get; init; }

    /// <summary>What is to be said besides, in a sentence; null where the commits say all.</summary>
    public string? Words => Fault is { } fault ? $"The commits can’t be shown now. {fault}"
        : (Commits, Left) switch
        {
            ([], 0) => "The same commit went well then: nothing has changed in it.",
            (_, 0) => null,
            (_, 1) => $"1 commit of {Good.Sha.Short} is not in it.",
            _ => $"{Left} commits of {Good.Sha.Short} are not in it.",
        };
}

internal sealed record CameCommit(CommitSha Sha, string Headline, string Author)
{
    public static CameCommit Of(GitHubCommit commit) => new(
        commit.Sha,
        commit.Headline is { Length: > 0 } headline ? CommitHeadline.Of(headline) : "No message",
        commit.Author?.Login.Value ?? commit.Commit.Author?.Name ?? "somebody");
}

using Deliverybot.Data.Names;
using Deliverybot.Jobs.Core;
using Deliverybot.Jobs.DeployFile;
using Deliverybot.Jobs.GitHub;
using Deliverybot.Jobs.GitHub.PullRequests;
using Deliverybot.Jobs.GitHub.Transport;
using Deliverybot.Jobs.Links;

namespace Deliverybot.Jobs.Acts.Deploying;

/// <summary>Why nothing is deployed of a pull request that is over, or where one is needed and there is none: the same wherever somebody asks for it.</summary>
internal sealed class MissingPullRequests(SiteLinks links)
{
    /// <summary>What its commits are deployed by instead: by the branch that has them, or by it once it is open again.</summary>
    /// <param name="over">It was merged or closed.</param>
    /// <param name="github">Asked, 1 call, whether its branch is still there: without that GitHub doesn't let it be reopened.</param>
    /// <exception cref="RetryLaterException">GitHub can't be used now.</exception>
    public async Task<ActResult> OverAsync(GitHubPullRequest over, RepositoryClient github, CancellationToken cancellationToken)
    {
        if (over.MergedAt is not null)
        {
            var into = GitRef.Branch(over.Base.Branch);
            return Refused($"{OverWords(over)}: deploy {new LinkedName(into.ShortName, links.Branch(github.Name, into))} instead, which has its commits", new ActHint.LookAt($"Commits of {into.ShortName}", links.Branch(github.Name, into)));
        }

        var branch = GitRef.Branch(over.Head.Branch);
        return over.IsFromFork || await github.Refs.HeadAsync(branch, cancellationToken) is not null
            ? Refused($"{OverWords(over)}: reopen it to deploy it", At(over))
            : Refused($"{OverWords(over)}, and its branch {branch.ShortName} was deleted: restore the branch and reopen it to deploy it", At(over));
    }

    /// <summary>The target belongs to a pull request, and what the commit was looked at on has none that is open.</summary>
    /// <param name="github">Asked, 1 call, for the last one of the branch; and where that was closed, 1 more.</param>
    /// <exception cref="RetryLaterException">GitHub can't be used now.</exception>
    public async Task<ActResult> NoneAsync(Target target, GitRef lookedAt, RepositoryClient github, CancellationToken cancellationToken) =>
        lookedAt.IsBranch && await github.PullRequests.FindLastClosedAsync(lookedAt, cancellationToken) is { MergedAt: null } closed
            ? await OverAsync(closed, github, cancellationToken)
            : ActResult.Because(ActEnd.Refused, $"{target.Name} was not deployed", Sentence.Plain(Prospect.NoPullRequest(target, lookedAt))) with
            {
                Hints = [new ActHint.Next($"Open one, or deploy a branch that has one.")],
            };

    /// <summary>The beginning of a sentence: <c>Pull request #1 is closed</c>.</summary>
    public static Sentence OverWords(GitHubPullRequest over) =>
        Sentence.Plain($"Pull request {over.Number} {(over.MergedAt is null ? "is closed" : "was merged")}");

    private static ActHint.LookAt At(GitHubPullRequest over) =>
        new($"Pull request {over.Number}", Uri.TryCreate(over.HtmlUrl, UriKind.Absolute, out var address) ? address : null);

    private static ActResult Refused(Headline headline, ActHint where) => new(ActEnd.Refused, headline, Sentence.Empty) { Hints = [where] };
}

using Deliverybot.Data.Names;
using Deliverybot.Jobs.Core.Branches;
using Deliverybot.Jobs.DeployFile;
using Deliverybot.Jobs.GitHub;
using Deliverybot.Jobs.GitHub.PullRequests;

namespace Deliverybot.Jobs.Acts.Deploying;

/// <summary>
/// Whether a person may deploy a commit from where it was looked at. GitHub shows commits of forks under the base repository's
/// address too, so only what a branch or tag of this repository contains may be deployed; a fork's commit only where the target says so.
/// </summary>
internal sealed class CommitChoice(RefHeads heads, TimeProvider time)
{
    /// <param name="target">Where it is to go; null where it goes nowhere, and then nothing of a fork is let pass.</param>
    public Task<Sought<VouchedCommit>> JudgeAsync(
        RepositoryId repository, CommitSha sha, CommitSource source, Target? target, RepositoryClient github, CancellationToken cancellationToken) =>
        source.Match(
            lookedAt => JudgeAsync(repository, sha, lookedAt, github, cancellationToken),
            named => named.Pull.IsFromFork
                ? Task.FromResult(JudgeFork(sha, named.Pull, named.ShaNamed, target))
                : JudgeAsync(repository, sha, named.Pull, named.ReadAt, github, cancellationToken));

    /// <summary>The first of the things that the name may mean which is there counts: where that is the wrong one, its full name helps.</summary>
    private async Task<Sought<VouchedCommit>> JudgeAsync(
        RepositoryId repository, CommitSha sha, CommitSource.LookedAt lookedAt, RepositoryClient github, CancellationToken cancellationToken)
    {
        GitRef[] names = [lookedAt.Ref, .. lookedAt.Otherwise];
        foreach (var (index, name) in names.Index())
        {
            var asked = time.GetUtcNow();
            if (await github.Refs.HeadAsync(name, cancellationToken) is not { } head)
            {
                continue;
            }

            if (head == sha)
            {
                await heads.SeeAsync(repository, name, head, asked, cancellationToken);
                return new Sought<VouchedCommit>.Found(new VouchedCommit(name));
            }

            return await github.Commits.ContainsAsync(head, sha, cancellationToken)
                ? new Sought<VouchedCommit>.Found(new VouchedCommit(name))
                : new Sought<VouchedCommit>.Missing(
                    $"{name.ShortName} doesn't contain the commit {sha.Short}.{await HintAsync(name, names[(index + 1)..], github, cancellationToken)}");
        }

        return new Sought<VouchedCommit>.Missing($"There is no branch or tag {lookedAt.Ref.ShortName}: it was deleted, or never was.");
    }

    /// <summary>Whoever meant something else of that name has to say so.</summary>
    private static async Task<string> HintAsync(
        GitRef taken, IEnumerable<GitRef> others, RepositoryClient github, CancellationToken cancellationToken)
    {
        foreach (var other in others)
        {
            if (await github.Refs.HeadAsync(other, cancellationToken) is not null)
            {
                return $" It was taken for {taken}; if {other} is meant, write that.";
            }
        }

        return "";
    }

    /// <summary>Its head is vouched for by GitHub's own answer. The branch of a closed one may be gone, or somebody else's by now.</summary>
    private async Task<Sought<VouchedCommit>> JudgeAsync(
        RepositoryId repository,
        CommitSha sha,
        GitHubPullRequest pull,
        DateTimeOffset readAt,
        RepositoryClient github,
        CancellationToken cancellationToken)
    {
        GitRef? branch = pull.IsOpen ? GitRef.Branch(pull.Head.Branch) : null;
        if (pull.Head.Sha != sha)
        {
            return await github.Commits.ContainsAsync(pull.Head.Sha, sha, cancellationToken)
                ? new Sought<VouchedCommit>.Found(new VouchedCommit(branch))
                : new Sought<VouchedCommit>.Missing($"Pull request {pull.Number} doesn't contain the commit {sha.Short}.");
        }

        if (branch is { } name)
        {
            await heads.SeeAsync(repository, name, sha, readAt, cancellationToken);
        }

        return new Sought<VouchedCommit>.Found(new VouchedCommit(branch));
    }

    private static Sought<VouchedCommit> JudgeFork(CommitSha sha, GitHubPullRequest pull, bool named, Target? target) => target switch
    {
        null => new Sought<VouchedCommit>.Missing($"Pull request {pull.Number} comes from a fork: its commits are not this repository's."),
        { Forks: false } => new Sought<VouchedCommit>.Missing(
            $"Pull request {pull.Number} comes from a fork, and {DeployFiles.Path} doesn't say \"forks: true\" for {target.Name}."),
        _ when !named => new Sought<VouchedCommit>.Missing(
            $"Pull request {pull.Number} comes from a fork: name the commit that you have looked at, {pull.Head.Sha.Short}."),
        _ when pull.Head.Sha != sha => new Sought<VouchedCommit>.Missing(
            $"{sha.Short} is not the head of pull request {pull.Number}, which comes from a fork: that is {pull.Head.Sha.Short}."),
        _ => new Sought<VouchedCommit>.Found(new VouchedCommit(Ref: null)),
    };
}

/// <summary>A commit that belongs to the repository.</summary>
/// <param name="Ref">The branch or tag of this repository that it is on; null where the commit alone may be named, as for one of a fork.</param>
internal sealed record VouchedCommit(GitRef? Ref);

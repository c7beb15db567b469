using Deliverybot.Jobs.DeployFile;
using Deliverybot.Jobs.GitHub;

namespace Deliverybot.Jobs.Deploying;

/// <summary>
/// A person's wish to deploy: from the web and from Slack with that person's own access, so that GitHub's permissions decide; by a
/// command in a pull request with the App's.
/// </summary>
internal sealed class ManualDeployments(DeployFiles deployFiles, CommitChoice commits, ManualWishes wishes)
{
    /// <summary>The caller has made sure that the person may write to the repository, and that the repository is known here.</summary>
    public async Task<ManualOutcome> RequestAsync(ManualRequest request, RepositoryClient github, CancellationToken cancellationToken)
    {
        try
        {
            var read = await deployFiles.ReadAsync(github, at: null, cancellationToken);
            return TargetChoice.From(read, request.Target) switch
            {
                TargetChoice.Found(var target) => await DeployAsync(request, target, github, cancellationToken),
                TargetChoice.Unknown(var reason) => new ManualOutcome.Unknown(reason),
                var other => throw new InvalidOperationException($"A target that is {other} has no meaning here."),
            };
        }
        catch (RetryLaterException later)
        {
            return new ManualOutcome.Unavailable(later.Reason);
        }
    }

    private async Task<ManualOutcome> DeployAsync(ManualRequest request, Target target, RepositoryClient github, CancellationToken cancellationToken) =>
        await commits.JudgeAsync(request.RepositoryId, request.Sha, request.Source, target, github, cancellationToken) switch
        {
            CommitVerdict.Vouched vouched => await wishes.CarryOutAsync(
                WishOf(request, target, vouched), detail: "", github, cancellationToken),
            CommitVerdict.Refused(var reason) => new ManualOutcome.Unknown(reason),
            var other => throw new InvalidOperationException($"A commit that is {other} has no meaning here."),
        };

    private static NewWish WishOf(ManualRequest request, Target target, CommitVerdict.Vouched vouched) => new()
    {
        RepositoryId = request.RepositoryId,
        Repository = request.Repository,
        Target = target,
        Ref = vouched.Ref,
        Sha = request.Sha,
        Trigger = request.Trigger,
        RequestedBy = request.By,
        PullRequest = request.PullRequest,
        Delivery = request.Delivery,
        Task = string.IsNullOrWhiteSpace(request.Task) ? null : request.Task.Trim(),
        Force = request.Force,
    };
}

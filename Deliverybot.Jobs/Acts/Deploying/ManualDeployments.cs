using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Acts.Locks;
using Deliverybot.Jobs.Core;
using Deliverybot.Jobs.DeployFile;
using Deliverybot.Jobs.GitHub;
using Deliverybot.Jobs.GitHub.PullRequests;
using Deliverybot.Jobs.GitHub.Transport;
using Deliverybot.Jobs.Links;

namespace Deliverybot.Jobs.Acts.Deploying;

/// <summary>
/// A person's wish to deploy: from the web and from Slack with that person's own access, so that GitHub's permissions decide; by a
/// command in a pull request with the App's.
/// </summary>
internal sealed class ManualDeployments(DeployFiles deployFiles, CommitChoice commits, MissingPullRequests pullRequests, ManualWishes wishes, SiteLinks links)
{
    public async Task<ActResult> RequestAsync(Actor actor, ManualRequest request, CancellationToken cancellationToken) =>
        (await RequestAsync(actor, request, [request.Target], cancellationToken))[0];

    /// <summary>
    /// For several targets, one after the other. What they have in common is asked of GitHub once, a name that the file doesn't have
    /// costs nothing, and once GitHub can't be used it isn't asked for the rest: one command never holds its worker up for long.
    /// </summary>
    public async Task<IReadOnlyList<ActResult>> RequestAsync(
        Actor actor, ManualRequest request, IReadOnlyList<TargetName> targets, CancellationToken cancellationToken)
    {
        if (request.Source is CommitSource.NamedIn { Pull: { IsOpen: false } over })
        {
            return [await OverAsync(actor, request, over, cancellationToken)];
        }

        var results = new List<ActResult>(targets.Count);
        var common = new Common(actor, request);
        Sentence? unavailable = null;
        foreach (var target in targets)
        {
            var result = unavailable is null
                ? await RequestAsync(actor, request with { Target = target }, common, cancellationToken)
                : ManualWishes.NotNow(target, unavailable);
            unavailable ??= result.End is ActEnd.Unavailable or ActEnd.Unsure ? result.Sentence : null;
            results.Add(result);
        }

        return results;
    }

    private async Task<ActResult> RequestAsync(Actor actor, ManualRequest request, Common common, CancellationToken cancellationToken)
    {
        if (request.Task?.Trim() is { Length: > DeployDefaults.LongestTask } task)
        {
            return Unknown(request, $"The task has {task.Length} characters. {DeployDefaults.LongestTask} are the limit.");
        }

        if (LockReason.FaultOf(LockReason.Read(request.Why)) is { } fault)
        {
            return Unknown(request, Sentence.Plain(fault));
        }

        try
        {
            common.File ??= await deployFiles.AskAsync(actor.GitHub, at: null, cancellationToken);
            return await TargetChoice.From(common.File, request.Target).Match(
                target => DeployAsync(actor, request, target, common, cancellationToken),
                async reason => await common.ProposesAsync(deployFiles, request.Target, cancellationToken)
                    ? new ActResult(
                        ActEnd.Unknown,
                        $"{request.Target} is only in this pull request's {DeployFiles.Path}. Rules come from {actor.DefaultBranch?.ShortName}: it takes effect once it is merged",
                        Sentence.Empty)
                    : Unknown(request, Sentence.Plain(reason)) with { Hints = [.. InConfig(actor, request, common.File)] });
        }
        catch (RetryLaterException later) when (later is not TurnTakenException)
        {
            return ManualWishes.NotNow(request.Target, later.Reason);
        }
    }

    private async Task<ActResult> OverAsync(Actor actor, ManualRequest request, GitHubPullRequest over, CancellationToken cancellationToken)
    {
        try
        {
            return InPlace(request, await pullRequests.OverAsync(over, actor.GitHub, cancellationToken));
        }
        catch (RetryLaterException later)
        {
            return ManualWishes.NotNow(request.Target, later.Reason);
        }
    }

    private async Task<ActResult> DeployAsync(
        Actor actor, ManualRequest request, Target target, Common common, CancellationToken cancellationToken)
    {
        var verdict = await common.JudgeAsync(commits, target, cancellationToken);
        return await verdict.Match(
            vouched => DeployAsync(actor, request, target, vouched, cancellationToken),
            reason => Task.FromResult(Unknown(request, Sentence.Plain(reason)) with { Hints = [.. Elsewhere(actor, request.Source)] }));
    }

    private async Task<ActResult> DeployAsync(
        Actor actor, ManualRequest request, Target target, VouchedCommit vouched, CancellationToken cancellationToken)
    {
        var pullRequest = await PullRequestOfAsync(request.Source, target, actor.GitHub, cancellationToken);
        return pullRequest is null && target.NamesPullRequest && request.Source is CommitSource.LookedAt at
            ? InPlace(request, await pullRequests.NoneAsync(target, vouched.Ref ?? at.Ref, actor.GitHub, cancellationToken))
            : await wishes.CarryOutAsync(WishOf(actor, request, target, vouched, pullRequest), detail: "", actor.GitHub, cancellationToken);
    }

    /// <summary>Where the file is read; in a pull request a sound one is known.</summary>
    private IEnumerable<ActHint> InConfig(Actor actor, ManualRequest request, DeployFileState file)
    {
        if (file is not DeployFileState.Valid || request.Via is not DeploymentVia.Comment)
        {
            yield return new ActHint.LookAt("Look at Config", links.Config(actor.GitHub.Name));
        }
    }

    /// <summary>Whoever asks in the pull request is there.</summary>
    private static ActResult InPlace(ManualRequest request, ActResult result) =>
        request.Via is DeploymentVia.Comment ? result with { Hints = [.. result.Hints.Where(hint => hint is not ActHint.LookAt)] } : result;

    /// <summary>Where a branch or tag doesn't vouch for a commit, another may.</summary>
    private static IEnumerable<ActHint> Elsewhere(Actor actor, CommitSource source)
    {
        if (source is CommitSource.LookedAt && actor.DefaultBranch is { } branch)
        {
            yield return new ActHint.Next($"Deploy it from a branch that has it, as {branch.ShortName} has what was merged.");
        }
    }

    private static ActResult Unknown(ManualRequest request, Sentence reason) =>
        ActResult.Because(ActEnd.Unknown, $"{request.Target} was not deployed", reason);

    private static Task<PullRequestNumber?> PullRequestOfAsync(
        CommitSource source, Target target, RepositoryClient github, CancellationToken cancellationToken) => source.Match(
            lookedAt => BranchPullRequest.FindAsync(lookedAt.Ref, [target], github, cancellationToken),
            named => Task.FromResult<PullRequestNumber?>(named.Pull.Number));

    private static NewWish WishOf(Actor actor, ManualRequest request, Target target, VouchedCommit vouched, PullRequestNumber? pullRequest) => new()
    {
        RepositoryId = actor.Repository,
        Repository = actor.GitHub.Name,
        Target = target,
        Ref = vouched.Ref,
        Sha = request.Sha,
        Origin = DeploymentOrigin.Person(DeploymentAct.Deploy, request.Via),
        RequestedBy = actor.By,
        PullRequest = pullRequest,
        Delivery = request.Delivery,
        Task = string.IsNullOrWhiteSpace(request.Task) ? null : request.Task.Trim(),
        Force = request.Force,
        Waits = request.Waits,
        Why = LockReason.Read(request.Why),
    };

    /// <summary>What all targets of one command share.</summary>
    private sealed class Common(Actor actor, ManualRequest request)
    {
        private Sought<VouchedCommit>? _verdict;
        private DeployFileState? _proposed;

        public DeployFileState? File { get; set; }

        /// <summary>Only where the commit comes from a fork does it depend on the target, and then GitHub isn't asked.</summary>
        public async Task<Sought<VouchedCommit>> JudgeAsync(CommitChoice commits, Target target, CancellationToken cancellationToken) =>
            request.Source is CommitSource.NamedIn { Pull.IsFromFork: true }
                ? await AskAsync(commits, target, cancellationToken)
                : _verdict ??= await AskAsync(commits, target, cancellationToken);

        /// <summary>
        /// Whether the pull request that the commit was named in brings the target: what a file that can't be read has, nobody knows. Asked
        /// once, however many names nobody knows.
        /// </summary>
        public async Task<bool> ProposesAsync(DeployFiles deployFiles, TargetName target, CancellationToken cancellationToken)
        {
            if (File is not (DeployFileState.Valid or DeployFileState.Absent) || request.Source is not CommitSource.NamedIn(var pull, _, _) || Has(File, target))
            {
                return false;
            }

            _proposed ??= await deployFiles.ReadAsync(actor.GitHub, pull.Head.Sha, cancellationToken);
            return Has(_proposed, target);
        }

        private static bool Has(DeployFileState? file, TargetName target) => file is DeployFileState.Valid valid && valid.Targets.Find(target) is not null;

        private Task<Sought<VouchedCommit>> AskAsync(CommitChoice commits, Target target, CancellationToken cancellationToken) =>
            commits.JudgeAsync(actor.Repository, request.Sha, request.Source, target, actor.GitHub, cancellationToken);
    }
}

internal sealed record ManualRequest
{
    public required TargetName Target { get; init; }

    public required CommitSha Sha { get; init; }

    /// <summary>What vouches for the commit.</summary>
    public required CommitSource Source { get; init; }

    /// <summary>The webhook that brought the command: processed again, it doesn't deploy again.</summary>
    public WebhookDeliveryGuid? Delivery { get; init; }

    public required DeploymentVia Via { get; init; }

    public bool Force { get; init; }

    /// <summary>Whether it is to wait where it may not go out yet.</summary>
    public bool Waits { get; init; }

    /// <summary>Another task than the target's own.</summary>
    public string? Task { get; init; }

    /// <summary>Why, as the person wrote it.</summary>
    public string? Why { get; init; }
}

using Deliverybot.Data.Deploying;
using Deliverybot.Data.Locks;
using Deliverybot.Data.Names;

namespace Deliverybot.Jobs.Core;

/// <summary>How an environment that belongs to no pull request stands, by our own record: what <see cref="Standing"/> says, as far as one of many shows it.</summary>
/// <param name="Live">What runs there; null if nothing does.</param>
/// <param name="Failed">The last attempt that has ended, where it failed, and its branch hasn't left it.</param>
/// <param name="Coming">What waits for it or is on its way, the oldest first.</param>
/// <param name="Lock">Who keeps it as it is.</param>
/// <param name="Hold">What a rollback has left.</param>
internal sealed record LastingEnvironment(
    RepositoryId Repository,
    EnvironmentName Environment,
    LiveCommit? Live,
    Deployment? Failed,
    IReadOnlyList<Deployment> Coming,
    EnvironmentLock? Lock,
    EnvironmentLock? Hold)
{
    /// <summary>The targets that were deployed there last.</summary>
    public IReadOnlyList<TargetName> Targets { get; init; } = [];

    /// <summary>The targets that its own come after, as its newest deployment was asked for.</summary>
    public IReadOnlyList<TargetName> After { get; init; } = [];

    /// <summary>The newest attempt, where nobody approved it at GitHub.</summary>
    public Deployment? Unapproved { get; init; }

    /// <summary>Something runs there, comes or has failed, or somebody keeps it as it is.</summary>
    public bool IsInUse => this is { Live: not null } or { Coming: [_, ..] } or { Failed: not null } or { Lock: not null } or { Hold: not null };

    /// <summary>Whether its newest deployment says that end users see it.</summary>
    public bool IsProduction { get; init; }
}

/// <summary>The commit that an environment runs.</summary>
/// <param name="Ref">The branch or tag it was wished for.</param>
/// <param name="Branch">The branch whose commit it is: of a rollback and of a tag the default branch, where the commit was wished for from that; null for a pull request's, and where nothing is known.</param>
/// <param name="IsPushed">Whether a push to that branch made the wish, so that its time is the push's.</param>
/// <param name="Wished">When it was wished for from there.</param>
/// <param name="Since">When it last succeeded there.</param>
/// <param name="Head">Where that branch is, by the last push that told us; null where none has, or it is gone.</param>
/// <param name="IsForced">Whether somebody forced it past what stood in its way.</param>
internal sealed record LiveCommit(
    DeploymentId Deployment, CommitSha Sha, GitRef? Ref, GitRef? Branch, bool IsPushed, DateTimeOffset Wished, DateTimeOffset Since, CommitSha? Head, bool IsForced)
{
    /// <summary>Whether it is known to lack something that its branch has.</summary>
    public bool IsBehindBranch => Branch is not null && Head is { } head && head != Sha;

    /// <summary>
    /// Whether it is known to lack something that another environment runs: that is the head of the same branch, or was pushed there after
    /// this one had been wished for. GitHub would have to be asked for anything else.
    /// </summary>
    public bool IsBehind(LiveCommit other) =>
        Branch is { } branch && other.Branch == branch && other.Sha != Sha && Sha != Head && (other.Sha == other.Head || (other.IsPushed && other.Wished > Wished));
}

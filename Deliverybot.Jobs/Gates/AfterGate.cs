using Deliverybot.Data;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.DeployFile;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Gates;

/// <summary>A commit goes on only from where it already runs well.</summary>
internal sealed class AfterGate : IGate
{
    /// <summary>How its sentence ends where the commit may still succeed there.</summary>
    public const string NotYet = " yet.";

    public string Name => GateNames.After;

    public Waking WokenBy => Waking.TargetReached | Waking.TargetTried;

    public bool YieldsToForce => true;

    public GateDecision Decide(GateFacts facts)
    {
        var wish = facts.Wish;
        if (wish.Target.After.IsDefaultOrEmpty)
        {
            return GateDecision.Pass($"It follows no other target.");
        }

        var allUnmet = facts.After.Where(earlier => !earlier.Succeeded || earlier.FailedSince).ToList();
        if (allUnmet is not [var unmet, ..])
        {
            return GateDecision.Pass($"{wish.Sha.Short} succeeded at {string.Join(", ", wish.Target.After)}.");
        }

        var reason = Sentence.Plain(unmet switch
        {
            { Succeeded: true } => $"A later deployment to {unmet.Target} has failed.",
            { Ended: { } how, EndedBefore: { } before } => $"{wish.Sha.Short} {how.Verb} {before}, which comes before {unmet.Target}.",
            { Ended: { } how } => $"{wish.Sha.Short} {how.Verb} {unmet.Target}.",
            _ => $"{wish.Sha.Short} has not succeeded at {unmet.Target}{NotYet}",
        });
        if (wish.Overrides)
        {
            return GateDecision.Override($"Overridden: {reason}", Sentence.Plain(string.Join(", ", allUnmet.Select(PastOf))));
        }

        var next = unmet.Succeeded ? "Once a newer one has succeeded there, it may go on." : unmet.Ended?.Next;
        return GateDecision.Hold(wish, next is null ? reason : (Sentence)$"{reason} {next}") with
        {
            Earlier = unmet.EndedBefore ?? unmet.Target,
            Again = unmet is { Succeeded: false, Ended.IsToBeRepeated: true },
        };
    }

    private static string PastOf(AfterFacts unmet) => $"{unmet.Target} ({unmet switch
    {
        { Succeeded: true } => "a later deployment failed",
        { Ended: { } how, EndedBefore: { } before } => $"{how.Verb} {before}",
        { Ended: { } how } => how.Word,
        _ => "not succeeded",
    }})";
}

internal sealed partial record GateFacts
{
    /// <summary>How the commit stands at each target named by <c>after</c>.</summary>
    public IReadOnlyList<AfterFacts> After { get; init; } = [];
}

/// <summary>How a commit stands at an earlier target: whether it succeeded there, and whether one deployed there later has failed.</summary>
internal sealed record AfterFacts(TargetName Target, bool Succeeded, bool FailedSince)
{
    /// <summary>How the last attempt to bring it there ended, where it has not succeeded there; null where it may still, or nobody has tried.</summary>
    public EarlierEnd? Ended { get; init; }

    /// <summary>It was at this target, which comes before that one, that it ended so; null where it was there itself.</summary>
    public TargetName? EndedBefore { get; init; }
}

/// <summary>How an attempt ended of which nothing went well.</summary>
/// <param name="Word">In a word or two.</param>
/// <param name="Verb">Between the commit and the target.</param>
/// <param name="Next">What helps.</param>
/// <param name="IsToBeRepeated">Whether that is to deploy it there again.</param>
internal sealed record EarlierEnd(string Word, string Verb, string Next, bool IsToBeRepeated)
{
    private const string Again = "Deploy it there again.";

    public static readonly EarlierEnd Failed = new("failed", "failed at", Again, IsToBeRepeated: true);
    public static readonly EarlierEnd NotApproved = new("not approved", "was not approved at", Again, IsToBeRepeated: true);
    public static readonly EarlierEnd Cancelled = new("cancelled", "was cancelled at", Again, IsToBeRepeated: true);
    public static readonly EarlierEnd Denied = new("denied", "was denied at", Again, IsToBeRepeated: true);

    /// <summary>To deploy it there again would take the newer one away.</summary>
    public static readonly EarlierEnd Superseded = new("superseded", "was superseded at", "What took its place there goes on instead.", IsToBeRepeated: false);

    public static IReadOnlyList<EarlierEnd> All { get; } = [Failed, NotApproved, Cancelled, Denied, Superseded];
}

/// <summary>Reads how a commit stands at the targets that its own comes after.</summary>
internal sealed class AfterFactsReader(DeliverybotContext db) : IFactsReader
{
    public async Task<GateFacts> AddAsync(GateFacts facts, RepositoryId repository, CancellationToken cancellationToken)
    {
        var wish = facts.Wish;
        var all = new List<AfterFacts>(wish.Target.After.Length);
        foreach (var earlier in wish.Target.After)
        {
            all.Add(await ReadAsync(repository, wish.Sha, earlier, cancellationToken));
        }

        return facts with { After = all };
    }

    private async Task<AfterFacts> ReadAsync(RepositoryId repository, CommitSha sha, TargetName earlier, CancellationToken cancellationToken)
    {
        var success = await SuccessesAtAsync(repository, sha, earlier, cancellationToken) is [var newest, ..] ? newest : null;
        if (success is null)
        {
            var unmet = new AfterFacts(earlier, Succeeded: false, FailedSince: false);
            return await EndAsync(repository, sha, earlier, cancellationToken) is { } end ? unmet with { Ended = end }
                : await EndBeforeAsync(repository, sha, earlier, [earlier], cancellationToken) is var (how, before) ? unmet with { Ended = how, EndedBefore = before }
                : unmet;
        }

        // By the time it was made at GitHub: a wish that waited may have been deployed after one that was wished for later. What has
        // succeeded once more since the failure has mended it, and so has a later success that contains what failed: of two commits the one
        // that was seen first came first.
        var all = db.Deployments.AsNoTracking().Where(row => row.RepositoryId == repository);
        var mending = At(repository, earlier);
        var failedSince = await all.AnyAsync(
            row => row.EnvironmentKey == success.EnvironmentKey
                && (row.Id == success.Id || row.DeployedAt > success.DeployedAt || (row.DeployedAt == success.DeployedAt && row.GitHubId > success.GitHubId))
                && row.DoesNotCount == null && !row.AwaitsApproval
                && row.GoneAt == null && (row.State == DeploymentState.Failure || row.State == DeploymentState.Error)
                && !mending.Any(once => once.EnvironmentKey == row.EnvironmentKey && once.DoesNotCount == null && once.SucceededAt > row.EndedAt
                    && (once.Sha == sha || !all.Any(known => known.Sha == once.Sha && known.CreatedAt < all.Where(seen => seen.Sha == row.Sha).Min(seen => seen.CreatedAt)))),
            cancellationToken);
        return new AfterFacts(earlier, Succeeded: true, failedSince);
    }

    /// <summary>The deployments of the commit to a target that went well there, the newest first.</summary>
    public async Task<IReadOnlyList<Deployment>> SuccessesAtAsync(RepositoryId repository, CommitSha sha, TargetName target, CancellationToken cancellationToken)
    {
        var rows = await At(repository, target)
            .Where(row => row.Sha == sha && row.SucceededAt != null)
            .OrderByDescending(row => row.DeployedAt).ThenByDescending(row => row.GitHubId)
            .ToListAsync(cancellationToken);
        return rows.FindAll(row => row.IsOfItsTask());
    }

    /// <summary>How the last attempt ended. What waits or is on its way there may still succeed; that a person was refused there has ended nothing.</summary>
    private async Task<EarlierEnd?> EndAsync(RepositoryId repository, CommitSha sha, TargetName earlier, CancellationToken cancellationToken)
    {
        var rows = await At(repository, earlier)
            .Where(row => row.Sha == sha && row.DoesNotCount == null)
            .OrderByDescending(row => row.Id)
            .ToListAsync(cancellationToken);
        var own = rows.FindAll(row => row.IsOfItsTask());
        return (own.Find(row => !row.State.IsUndeployed()) ?? own.Find(row => row.Cause.IsAutomatic() || (row.Waits && row.State is not DeploymentState.Denied))) switch
        {
            { HasFailed: true, AwaitsApproval: true } => EarlierEnd.NotApproved,
            { HasFailed: true } => EarlierEnd.Failed,
            { State: DeploymentState.Superseded } => EarlierEnd.Superseded,
            { State: DeploymentState.Denied } => EarlierEnd.Denied,
            { State: DeploymentState.Cancelled } => EarlierEnd.Cancelled,
            _ => null,
        };
    }

    /// <summary>
    /// Where the commit's way ended to a target that waits for it, by what that target's own wish says it comes after: to deploy it to that
    /// target would be refused in turn.
    /// </summary>
    /// <param name="seen">Rules that have changed may go in a circle.</param>
    private async Task<(EarlierEnd How, TargetName At)?> EndBeforeAsync(
        RepositoryId repository, CommitSha sha, TargetName target, HashSet<TargetName> seen, CancellationToken cancellationToken)
    {
        var rules = await db.Deployments.AsNoTracking()
            .Where(row => row.RepositoryId == repository && row.Sha == sha && row.Target == target && row.TargetDefinition != null)
            .OrderByDescending(row => row.Id)
            .Select(row => row.TargetDefinition)
            .FirstOrDefaultAsync(cancellationToken);
        foreach (var before in rules is null ? [] : TargetJson.Read(rules).After.Where(seen.Add))
        {
            if (await SuccessesAtAsync(repository, sha, before, cancellationToken) is [_, ..])
            {
                continue;
            }

            if (await EndAsync(repository, sha, before, cancellationToken) is { } how)
            {
                return (how, before);
            }

            if (await EndBeforeAsync(repository, sha, before, seen, cancellationToken) is { } further)
            {
                return further;
            }
        }

        return null;
    }

    /// <summary>A deployment made by others may name no target: it counts by the environment that the target has had, or, before it had any, is called like.</summary>
    public IQueryable<Deployment> At(RepositoryId repository, TargetName target)
    {
        var calledLike = new EnvironmentName(target.Value).Key;
        var ours = db.Deployments.Where(row => row.RepositoryId == repository && row.Target == target);
        return db.Deployments.AsNoTracking()
            .Where(row => row.RepositoryId == repository)
            .Where(row => row.Target == target
                || (row.Cause == DeploymentCause.External
                    && (ours.Any(own => own.EnvironmentKey == row.EnvironmentKey) || (row.EnvironmentKey == calledLike && !ours.Any()))));
    }
}

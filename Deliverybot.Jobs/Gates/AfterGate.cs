using Deliverybot.Data;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.DeployFile;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Gates;

/// <summary>A commit goes on only from where it already runs well.</summary>
internal sealed class AfterGate : IGate
{
    /// <summary>What its sentence says of a commit that failed, between the commit and the target.</summary>
    public const string FailedAt = " failed at ";

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
            { Failed: true } => $"{wish.Sha.Short}{FailedAt}{unmet.Target}.",
            { FailedBefore: { } before } => $"{wish.Sha.Short}{FailedAt}{before}, which comes before {unmet.Target}.",
            _ => $"{wish.Sha.Short} has not succeeded at {unmet.Target} yet.",
        });
        if (wish.Overrides)
        {
            return GateDecision.Override($"Overridden: {reason}", Sentence.Plain(string.Join(", ", allUnmet.Select(PastOf))));
        }

        var hasFailed = unmet is { Succeeded: false, Failed: true } or { Succeeded: false, FailedBefore: not null };
        var hold = hasFailed ? GateDecision.Hold(wish, $"{reason} Deploy it there again.") : GateDecision.Hold(wish, reason);
        return hold with { Earlier = unmet.FailedBefore ?? unmet.Target, Again = hasFailed };
    }

    private static string PastOf(AfterFacts unmet) =>
        $"{unmet.Target} ({(unmet.Succeeded ? "a later deployment failed" : unmet.Failed ? "failed" : "not succeeded")})";
}

internal sealed partial record GateFacts
{
    /// <summary>How the commit stands at each target named by <c>after</c>.</summary>
    public IReadOnlyList<AfterFacts> After { get; init; } = [];
}

/// <summary>How a commit stands at an earlier target: whether it succeeded there, and whether one deployed there later has failed.</summary>
internal sealed record AfterFacts(TargetName Target, bool Succeeded, bool FailedSince)
{
    /// <summary>It has not succeeded there: the last time that it was deployed, it failed.</summary>
    public bool Failed { get; init; }

    /// <summary>It has neither succeeded nor failed there, for it failed at this target, which comes before that one; null where it didn't.</summary>
    public TargetName? FailedBefore { get; init; }
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
            var failed = await HasFailedAsync(repository, sha, earlier, cancellationToken);
            return new AfterFacts(earlier, Succeeded: false, FailedSince: false)
            {
                Failed = failed,
                FailedBefore = failed ? null : await FailedBeforeAsync(repository, sha, earlier, [earlier], cancellationToken),
            };
        }

        // By the time it was made at GitHub: a wish that waited may have been deployed after one that was wished for later. What has
        // succeeded once more since the failure has mended it.
        var again = At(repository, earlier).Where(row => row.Sha == sha && row.FirstSucceededAt != null);
        var failedSince = success.State is DeploymentState.Failure or DeploymentState.Error || await db.Deployments.AsNoTracking()
            .AnyAsync(
                row => row.RepositoryId == repository && row.EnvironmentKey == success.EnvironmentKey
                    && (row.DeployedAt > success.DeployedAt || (row.DeployedAt == success.DeployedAt && row.GitHubId > success.GitHubId))
                    && row.DoesNotCount == null && !row.AwaitsApproval
                    && row.GoneAt == null && (row.State == DeploymentState.Failure || row.State == DeploymentState.Error)
                    && !again.Any(once => once.EnvironmentKey == row.EnvironmentKey && once.SucceededAt > row.EndedAt),
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

    /// <summary>What waits or is on its way there may still succeed; what nobody approved never began.</summary>
    private async Task<bool> HasFailedAsync(RepositoryId repository, CommitSha sha, TargetName earlier, CancellationToken cancellationToken)
    {
        var tried = await At(repository, earlier)
            .Where(row => row.Sha == sha && row.DoesNotCount == null)
            .Where(row => row.State != DeploymentState.Superseded && row.State != DeploymentState.Denied && row.State != DeploymentState.Cancelled)
            .OrderByDescending(row => row.Id)
            .ToListAsync(cancellationToken);
        return tried.Find(row => row.IsOfItsTask()) is { State: DeploymentState.Failure or DeploymentState.Error, AwaitsApproval: false };
    }

    /// <summary>
    /// Where the commit failed on its way to a target that waits for it, by what that target's own wish says it comes after: to deploy it to
    /// that target would be refused in turn.
    /// </summary>
    /// <param name="seen">Rules that have changed may go in a circle.</param>
    private async Task<TargetName?> FailedBeforeAsync(
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

            var failedAt = await HasFailedAsync(repository, sha, before, cancellationToken) ? before : await FailedBeforeAsync(repository, sha, before, seen, cancellationToken);
            if (failedAt is { } found)
            {
                return found;
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

using System.Globalization;
using Deliverybot.Data;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Calendar;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Gates;

/// <summary>With <c>soak</c>, a commit goes on only when it has run for some time where it comes from.</summary>
internal sealed class SoakGate : IGate
{
    public string Name => GateNames.Soak;

    public Waking WokenBy => Waking.TargetReached | Waking.TargetTried | Waking.Time;

    public bool YieldsToForce => true;

    public GateDecision Decide(GateFacts facts)
    {
        var wish = facts.Wish;
        if (wish.Target.Soak is not { } soak)
        {
            return GateDecision.Pass($"It needs no time at an earlier target.");
        }

        // What hasn't begun is told before what only isn't over, and of those the last.
        var unmet = facts.Soak.Where(earlier => !earlier.IsOver(soak, facts.Now))
            .OrderBy(earlier => earlier.Since is null ? 0 : 1).ThenByDescending(earlier => earlier.Since)
            .FirstOrDefault();
        if (unmet is null)
        {
            var since = facts.Soak.Max(earlier => earlier.Since);
            return since is null
                ? GateDecision.Pass($"It follows no other target.")
                : GateDecision.Pass($"{wish.Sha.Short} has run in {string.Join(", ", facts.Soak.Select(earlier => earlier.Target))} since {since.Value.UtcDateTime:yyyy-MM-dd HH:mm} UTC.");
        }

        var until = unmet.Since + soak;
        var words = Length.Words(soak);
        var reason = unmet switch
        {
            { WentBackTo: { } back } => Sentence.Plain($"{unmet.Target} {(unmet.IsRolledBack ? "was rolled back" : $"went back to {back.Short}")}: {wish.Sha.Short} has to succeed there again."),
            { Since: null } => Sentence.Plain($"{wish.Sha.Short} has to run in {unmet.Target} for {words}."),
            _ => Sentence.Plain(string.Create(CultureInfo.InvariantCulture, $"{wish.Sha.Short} has to run in {unmet.Target} for {words}: until {until?.UtcDateTime:yyyy-MM-dd HH:mm} UTC.")),
        };
        return wish.Overrides
            ? GateDecision.Override($"Overridden: {reason}", $"{unmet.Target} (not for {words} yet)")
            : GateDecision.Hold(wish, reason, until) with { Earlier = unmet.WentBackTo is null ? null : unmet.Target };
    }
}

internal sealed partial record GateFacts
{
    /// <summary>With <c>soak</c>: since when the commit runs at each target named by <c>after</c>.</summary>
    public IReadOnlyList<SoakFacts> Soak { get; init; } = [];
}

/// <summary>Since when a commit runs at an earlier target.</summary>
/// <param name="Since">Its first success there, since that was gone back from; null: it has not succeeded there, or not since.</param>
internal sealed record SoakFacts(TargetName Target, DateTimeOffset? Since)
{
    /// <summary>It had succeeded there, and this earlier commit was deployed after it; null where that isn't so.</summary>
    public CommitSha? WentBackTo { get; init; }

    /// <summary>That was done by a rollback.</summary>
    public bool IsRolledBack { get; init; }

    public bool IsOver(TimeSpan soak, DateTimeOffset now) => Since + soak <= now;
}

/// <summary>
/// Reads since when a commit runs at the targets that its own comes after. What is newer than the commit contains it, so that it goes on
/// running there; what came earlier doesn't. Which of two is the earlier is asked of our own rows: of what was seen first.
/// </summary>
internal sealed class SoakFactsReader(DeliverybotContext db) : IFactsReader
{
    public async Task<GateFacts> AddAsync(GateFacts facts, RepositoryId repository, CancellationToken cancellationToken)
    {
        var wish = facts.Wish;
        if (wish.Target.Soak is null)
        {
            return facts;
        }

        var all = new List<SoakFacts>(wish.Target.After.Length);
        foreach (var earlier in wish.Target.After)
        {
            all.Add(await ReadAsync(repository, wish.Sha, earlier, cancellationToken));
        }

        return facts with { Soak = all };
    }

    private async Task<SoakFacts> ReadAsync(RepositoryId repository, CommitSha sha, TargetName target, CancellationToken cancellationToken)
    {
        var after = new AfterFactsReader(db);
        var successes = await after.SuccessesAtAsync(repository, sha, target, cancellationToken);
        if (successes is not [.., var first])
        {
            return new SoakFacts(target, Since: null);
        }

        var seen = await db.Deployments.Where(row => row.RepositoryId == repository && row.Sha == sha).MinAsync(row => row.CreatedAt, cancellationToken);
        var back = await after.At(repository, target)
            .Where(row => row.EnvironmentKey == first.EnvironmentKey && row.Sha != sha && row.DoesNotCount == null && row.GitHubId != null && !row.AwaitsApproval)
            .MadeAfter(first)
            .Where(row => db.Deployments.Any(known => known.RepositoryId == repository && known.Sha == row.Sha && known.CreatedAt < seen))
            .OrderByDescending(row => row.DeployedAt).ThenByDescending(row => row.GitHubId)
            .FirstOrDefaultAsync(cancellationToken);
        return successes.LastOrDefault(row => back is null || row.IsMadeAfter(back)) is { } begun
            ? new SoakFacts(target, begun.FirstSucceededAt ?? begun.SucceededAt)
            : new SoakFacts(target, Since: null) { WentBackTo = back!.Sha, IsRolledBack = back.Act is DeploymentAct.Rollback };
    }
}

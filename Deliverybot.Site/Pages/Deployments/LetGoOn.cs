using Deliverybot.Data;
using Deliverybot.Data.Activity;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Gates;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.DeployFile;
using Deliverybot.Jobs.Gates;
using Deliverybot.Site.Pages.Activity;
using Deliverybot.Site.Pages.Shared;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Site.Pages.Deployments;

/// <summary>What a person did that a deployment waited for: a line of its timeline.</summary>
/// <param name="Detail">Who it was.</param>
internal sealed record GoAhead(DateTimeOffset At, StateView Look, Sentence Detail)
{
    public static GoAhead Of(ActivityEntry entry) => new(
        entry.At,
        ActView.Of(entry.Act),
        entry is { Act: ActivityKind.Promoted, Sha: { } sha } ? (Sentence)$"{entry.Actor} promoted {sha.Short}." : entry.Detail);
}

/// <summary>Reads who promoted the commit of a deployment that waited for it, and who unlocked its environment meanwhile.</summary>
internal sealed class LetGoOn(DeliverybotContext database)
{
    /// <summary>Acts are noted once GitHub, or the lock's row, has them: what goes on may be quicker. And GitHub counts in whole seconds.</summary>
    private static readonly TimeSpan Noted = TimeSpan.FromMinutes(1);

    /// <param name="rows">Of one commit, with their evaluations.</param>
    /// <returns>By deployment, the oldest first.</returns>
    public async Task<ILookup<DeploymentId, GoAhead>> AmongAsync(RepositoryId repository, IReadOnlyCollection<Deployment> rows, CancellationToken cancellationToken)
    {
        var promotable = rows.Where(NeedsWord).ToList();
        var held = rows.Where(WasHeld).ToList();
        var entries = new List<ActivityEntry>();
        if (promotable is [{ Sha: var sha }, ..])
        {
            CommitSha? commit = sha;
            entries.AddRange(await database.Activity.AsNoTracking()
                .Where(entry => entry.RepositoryId == repository && entry.Sha == commit && entry.Act == ActivityKind.Promoted)
                .OrderBy(entry => entry.Id)
                .ToListAsync(cancellationToken));
        }

        if (held.Count > 0)
        {
            var (from, environments) = (held.Min(row => row.CreatedAt), held.Select(row => (EnvironmentName?)row.Environment).Distinct().ToList());
            entries.AddRange(await database.Activity.AsNoTracking()
                .Where(entry => entry.RepositoryId == repository && entry.Act == ActivityKind.Unlocked && entry.At >= from && environments.Contains(entry.Environment))
                .OrderBy(entry => entry.Id)
                .ToListAsync(cancellationToken));
        }

        return rows
            .SelectMany(row => entries.Where(entry => Concerns(entry, row)).Select(entry => (row.Id, entry)))
            .OrderBy(found => found.entry.At)
            .ToLookup(found => found.Id, found => GoAhead.Of(found.entry));
    }

    private static bool Concerns(ActivityEntry entry, Deployment row) =>
        entry.At <= (row.DeployedAt ?? row.EndedAt ?? DateTimeOffset.MaxValue - Noted) + Noted
        && (entry.Act is ActivityKind.Promoted ? NeedsWord(row) : WasHeld(row) && entry.At >= row.CreatedAt && entry.Environment?.Key == row.Environment.Key);

    private static bool NeedsWord(Deployment row) =>
        row is { Force: false, Act: DeploymentAct.Deploy, TargetDefinition: { } definition } && TargetJson.Read(definition).NeedsPromotion;

    private static bool WasHeld(Deployment row) => row.Evaluations.Any(look => look.Verdicts.Any(verdict => verdict is { Gate: GateNames.Lock, Outcome: GateOutcome.Wait }));
}

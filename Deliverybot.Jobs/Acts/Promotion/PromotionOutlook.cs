using Deliverybot.Data;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Gates;
using Deliverybot.Data.Locks;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Core;
using Deliverybot.Jobs.DeployFile;
using Deliverybot.Jobs.Gates;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Acts.Promotion;

/// <summary>What a promotion changes for what waits of its commit, as things stand now.</summary>
internal sealed class PromotionOutlook(DeliverybotContext db, TimeProvider time)
{
    private const int MostNamed = 5;

    public async Task<Outlook> OfAsync(RepositoryId repository, CommitSha sha, CancellationToken cancellationToken)
    {
        var waiting = await db.Deployments.AsNoTracking()
            .Where(row => row.RepositoryId == repository && row.Sha == sha && row.State == DeploymentState.Waiting)
            .OrderBy(row => row.Id)
            .ToListAsync(cancellationToken);
        var concerned = waiting.FindAll(row => TargetJson.Read(row.TargetDefinition!).NeedsPromotion);
        if (concerned is [])
        {
            return new Outlook([$"Nothing waits for it now: {sha.Short} needs no other promotion where it is deployed later."], GoesOut: false);
        }

        var keys = concerned.ConvertAll(row => row.EnvironmentKey);
        var now = time.GetUtcNow();
        var kept = await db.Locks.AsNoTracking()
            .Where(row => row.RepositoryId == repository && keys.Contains(row.EnvironmentKey) && (row.Until == null || row.Until > now))
            .OrderBy(row => row.Kind)
            .ToListAsync(cancellationToken);
        var ids = concerned.ConvertAll(row => row.Id);
        var looks = db.Evaluations.AsNoTracking();
        var last = await looks
            .Where(look => ids.Contains(look.DeploymentId) && !looks.Any(later => later.DeploymentId == look.DeploymentId && later.Id > look.Id))
            .ToDictionaryAsync(look => look.DeploymentId, cancellationToken);
        var told = concerned.ConvertAll(row => OneOf(row, kept.Find(standing => standing.EnvironmentKey == row.EnvironmentKey), last.GetValueOrDefault(row.Id)));
        return new Outlook(
            [
                .. told.Take(MostNamed).Select(one => one.Sentence),
                .. told.Count > MostNamed ? [$"{told.Count - MostNamed} more wait for it."] : Array.Empty<Sentence>(),
            ],
            told.Exists(one => one.GoesOut))
        {
            Watch = concerned[Math.Max(0, told.FindIndex(one => one.GoesOut))].Id,
        };
    }

    private static (Sentence Sentence, bool GoesOut) OneOf(Deployment row, EnvironmentLock? kept, Evaluation? look)
    {
        var besides = Besides(look);
        var others = row.UnmetContexts.Where(context => context != Target.PromotionContext).ToList();
        return (kept, row.AwaitsPromotion(), others) switch
        {
            ({ Kind: LockKind.Lock } held, _, _) => ($"{LockWords.Locked(row.Environment, held.Facts())}: {row.Sha.Short} waits there until that ends{besides}.", false),
            ({ } hold, _, _) => ($"{LockWords.Held(row.Environment, hold.Facts())}: {row.Sha.Short} waits there until that ends{besides}.", false),
            (null, true, []) => ($"{row.Sha.Short} goes to {row.Environment} by itself.", true),
            (null, true, _) => ($"{row.Sha.Short} goes to {row.Environment} by itself once it has {string.Join(", ", others)}, too.", false),
            _ => ($"{row.Sha.Short} waits for {row.Environment} all the same: {row.Reason ?? Sentence.Empty}", false),
        };
    }

    /// <summary>What else held it when it was looked at last: that is as it was then, and the lock's end alone lets nothing go.</summary>
    private static Sentence Besides(Evaluation? look)
    {
        var others = (look?.Verdicts ?? []).Where(verdict => verdict.Outcome == GateOutcome.Wait && verdict.Gate is not (GateNames.Lock or GateNames.Checks)).ToList();
        return others is [var first, ..] ? (Sentence)$", and then: {first.Reason.ToString().TrimEnd('.')}" : Sentence.Empty;
    }
}

/// <param name="Told">Each a sentence.</param>
/// <param name="GoesOut">Whether something goes out by itself.</param>
internal sealed record Outlook(IReadOnlyList<Sentence> Told, bool GoesOut)
{
    /// <summary>What can be followed: what goes out, else what waits on; null where nothing waits for it.</summary>
    public DeploymentId? Watch { get; init; }
}

using Deliverybot.Data;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Gates;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Gates;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Core;

/// <summary>Where the commits of waiting wishes failed, so that they wait until they have been deployed there again.</summary>
internal sealed class FailedEarlier(DeliverybotContext db)
{
    private static readonly IReadOnlyDictionary<DeploymentId, TargetName> None = new Dictionary<DeploymentId, TargetName>();

    /// <summary>Of these, those that wait for that, where nothing newer is live there. Nothing is asked where none waits for a target.</summary>
    public async Task<IReadOnlyDictionary<DeploymentId, TargetName>> AmongAsync(IReadOnlyCollection<Deployment> rows, CancellationToken cancellationToken)
    {
        var ids = rows.Where(Waits).Select(row => row.Id).ToList();
        if (ids is [])
        {
            return None;
        }

        var looks = db.Evaluations.AsNoTracking();
        var last = await looks
            .Where(look => ids.Contains(look.DeploymentId) && !looks.Any(later => later.DeploymentId == look.DeploymentId && later.Id > look.Id))
            .ToListAsync(cancellationToken);
        var found = last.Where(look => In(look) is not null).ToDictionary(look => look.DeploymentId, look => In(look)!.Value);
        foreach (var row in rows.Where(row => found.ContainsKey(row.Id)))
        {
            if (await IsOvertakenAsync(row, found[row.Id], cancellationToken))
            {
                found.Remove(row.Id);
            }
        }

        return found;
    }

    /// <summary>A newer commit is live at that target: to deploy the older one there again would take it away. The newer of two is what was seen later.</summary>
    private Task<bool> IsOvertakenAsync(Deployment row, TargetName at, CancellationToken cancellationToken)
    {
        var all = db.Deployments.AsNoTracking().Where(other => other.RepositoryId == row.RepositoryId);
        return all.AnyAsync(
            live => live.Target == at && live.State == DeploymentState.Success && live.DoesNotCount == null && live.Sha != row.Sha
                && !all.Any(known => known.Sha == live.Sha && known.CreatedAt < all.Where(seen => seen.Sha == row.Sha).Min(seen => seen.CreatedAt)),
            cancellationToken);
    }

    /// <summary>Of one whose looks were read with it; null where it waits for something else, or doesn't wait.</summary>
    public static TargetName? Of(Deployment read) => Waits(read) && read.Evaluations.MaxBy(look => look.Id) is { } last ? In(last) : null;

    private static bool Waits(Deployment row) => row is { State: DeploymentState.Waiting, Gate: GateNames.After };

    private static TargetName? In(Evaluation look) =>
        look.Verdicts.FirstOrDefault(verdict => verdict.Gate == GateNames.After) is { Again: true, Earlier: { } earlier } ? new TargetName(earlier) : null;
}

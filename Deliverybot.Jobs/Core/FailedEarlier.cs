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

    /// <summary>Of these, those that wait for that. Nothing is asked where none waits for a target.</summary>
    public async Task<IReadOnlyDictionary<DeploymentId, TargetName>> AmongAsync(IEnumerable<Deployment> rows, CancellationToken cancellationToken)
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
        return last.Where(look => In(look) is not null).ToDictionary(look => look.DeploymentId, look => In(look)!.Value);
    }

    /// <summary>Of one whose looks were read with it; null where it waits for something else, or doesn't wait.</summary>
    public static TargetName? Of(Deployment read) => Waits(read) && read.Evaluations.MaxBy(look => look.Id) is { } last ? In(last) : null;

    private static bool Waits(Deployment row) => row is { State: DeploymentState.Waiting, Gate: GateNames.After };

    private static TargetName? In(Evaluation look) =>
        look.Verdicts.FirstOrDefault(verdict => verdict.Gate == GateNames.After) is { Again: true, Earlier: { } earlier } ? new TargetName(earlier) : null;
}

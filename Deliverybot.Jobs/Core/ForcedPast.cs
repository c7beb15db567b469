using Deliverybot.Data;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Gates;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Core;

/// <summary>What forced deployments were forced past, as that stood when they went out: it is said wherever such a one is named.</summary>
internal sealed class ForcedPast(DeliverybotContext db)
{
    private static readonly IReadOnlyDictionary<DeploymentId, Sentence> None = new Dictionary<DeploymentId, Sentence>();

    /// <summary>Of these, those that were forced. Nothing is asked where there are none.</summary>
    public Task<IReadOnlyDictionary<DeploymentId, Sentence>> AmongAsync(IEnumerable<Deployment> rows, CancellationToken cancellationToken) =>
        AmongAsync(rows.Where(IsForced).Select(row => row.Id), cancellationToken);

    public async Task<IReadOnlyDictionary<DeploymentId, Sentence>> AmongAsync(IEnumerable<DeploymentId> forced, CancellationToken cancellationToken)
    {
        var ids = forced.Distinct().ToList();
        if (ids is [])
        {
            return None;
        }

        var looks = db.Evaluations.AsNoTracking();
        var last = looks.Where(look => ids.Contains(look.DeploymentId) && !looks.Any(later => later.DeploymentId == look.DeploymentId && later.Id > look.Id));
        return await last.ToDictionaryAsync(look => look.DeploymentId, look => Overridden.Past(look.Verdicts), cancellationToken);
    }

    /// <summary>Of one whose looks were read with it; null where it wasn't forced.</summary>
    public static Sentence? Of(Deployment read) =>
        IsForced(read) && read.Evaluations.MaxBy(look => look.Id) is { } last ? Overridden.Past(last.Verdicts) : null;

    /// <summary>What was refused all the same was forced past nothing.</summary>
    public static bool IsForced(Deployment row) => row.Force && !row.State.IsUndeployed();
}

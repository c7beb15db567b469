using Deliverybot.Data;
using Deliverybot.Data.Names;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Events.AutoDeploy;

/// <summary>
/// A push that ends where its branch is known to be is either the first to tell so, or it is told once more. Once more it brings nothing
/// about: another branch's commit may have gone to the same target since.
/// </summary>
internal sealed class HeardBefore(DeliverybotContext db)
{
    /// <summary>
    /// Whether another delivery has made the same wish, and the branch has had no other commit since. A wish whose commit GitHub deployed
    /// in the place of an earlier one is the earlier commit's: <see cref="DeployedInPlace"/> knows what that means for this one.
    /// </summary>
    public Task<bool> IncludesAsync(AutoDeployEvent happened, TargetName target, CancellationToken cancellationToken)
    {
        var wishes = db.Deployments.Where(wish => wish.RepositoryId == happened.Repository.Id && wish.Ref == happened.Ref);
        return wishes
            .Where(wish => wish.Target == target && wish.Sha == happened.Sha && wish.Cause == happened.Cause)
            .Where(wish => wish.DeliveryGuid != null && wish.DeliveryGuid != happened.Delivery && wish.InPlaceOf == null)
            .AnyAsync(wish => !wishes.Any(later => later.Sha != wish.Sha && later.Id > wish.Id), cancellationToken);
    }
}

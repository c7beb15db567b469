using Deliverybot.Data;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Changes;
using Deliverybot.Jobs.DeployFile;
using Deliverybot.Jobs.GitHub;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Deliverybot.Jobs.Core;

/// <summary>Writes wishes down. A wish is committed before it is first tried, so that an event which opens a gate meanwhile finds it.</summary>
internal sealed class DeploymentWishes(DeliverybotContext db, Outbox outbox, TimeProvider time)
{
    /// <summary>
    /// Records the wish as waiting; where its templates can't be filled in, as denied with the reason: of an event nobody would hear of it else.
    /// The same delivery and target answer the row that is there already.
    /// </summary>
    public async Task<Deployment> RecordAsync(NewWish wish, RepositoryClient github, CancellationToken cancellationToken)
    {
        var rendered = wish.Rendered ?? await WishRenderer.RenderAsync(wish, github, cancellationToken);
        var deployment = rendered.Match(
            whole => Row(wish, whole, DeploymentState.Waiting, reason: null),
            broken => Row(wish, Unrendered(wish, broken), DeploymentState.Denied, Sentence.Plain(broken.Reason)));

        db.Deployments.Add(deployment);
        outbox.Add(deployment);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return deployment;
        }
        catch (DbUpdateException fault) when (fault.InnerException is PostgresException { ConstraintName: DeploymentMapping.OneWishADelivery })
        {
            outbox.Forget(deployment);
            db.Entry(deployment).State = EntityState.Detached;
            var known = await db.Deployments.SingleAsync(
                row => row.DeliveryGuid == wish.Delivery && row.Target == wish.Target.Name, cancellationToken);
            // The release before this one may have been cut off before it told of it.
            outbox.Add(known);
            await db.SaveChangesAsync(cancellationToken);
            return known;
        }
    }

    private Deployment Row(NewWish wish, RenderedWish.Whole rendered, DeploymentState state, Sentence? reason)
    {
        var now = time.GetUtcNow();
        return new Deployment
        {
            RepositoryId = wish.RepositoryId,
            Target = wish.Target.Name,
            Environment = rendered.Environment,
            Ref = wish.Ref,
            Sha = wish.Sha,
            CommittedAt = wish.CommittedAt?.ToUniversalTime(),
            PullRequest = wish.PullRequest,
            Task = wish.Task ?? wish.Target.Task,
            Origin = wish.Origin,
            RequestedBy = wish.RequestedBy,
            DeliveryGuid = wish.Delivery,
            Force = wish.Force,
            Waits = wish.Waits,
            RollbackTo = wish.Repeats?.Of,
            TargetDefinition = TargetJson.Write(wish.Target),
            Description = rendered.Description,
            Payload = rendered.Payload,
            ProductionEnvironment = wish.Target.IsProduction(rendered.Environment),
            TransientEnvironment = wish.Target.TransientEnvironment,
            State = state,
            Reason = reason,
            CreatedAt = wish.At ?? now,
            UpdatedAt = now,
            EndedAt = state == DeploymentState.Waiting ? null : now,
        };
    }

    private static RenderedWish.Whole Unrendered(NewWish wish, RenderedWish.Broken broken) =>
        new(broken.Environment ?? new EnvironmentName(wish.Target.Environment.Text), "", "{}");
}

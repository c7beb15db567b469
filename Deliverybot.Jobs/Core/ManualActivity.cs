using Deliverybot.Data;
using Deliverybot.Data.Activity;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Gates;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Core;

/// <summary>Notes that somebody has deployed by hand, once the deployment is there: at once, or when it was found after its answer was lost.</summary>
internal sealed class ManualActivity(DeliverybotContext db, TimeProvider time)
{
    /// <summary>Once, also where a command is processed again.</summary>
    /// <param name="wish">What was carried out.</param>
    /// <param name="detail">What is said of it before what it overrode.</param>
    public Task NoteAsync(Deployment wish, string detail) => NoteAsync(
        wish, wish.IsRollback() ? ActivityKind.RolledBack : wish.Force ? ActivityKind.Forced : ActivityKind.Deployed, detail);

    /// <summary>That a person's request waits.</summary>
    public Task NoteRequestAsync(Deployment wish, string detail) => NoteAsync(wish, ActivityKind.Requested, detail);

    private async Task NoteAsync(Deployment wish, ActivityKind act, string detail)
    {
        if (await db.Activity.AnyAsync(entry => entry.RepositoryId == wish.RepositoryId && entry.DeploymentId == wish.Id && entry.Act == act))
        {
            return;
        }

        var looks = db.Evaluations.AsNoTracking().Where(look => look.DeploymentId == wish.Id).OrderByDescending(look => look.Id);
        var verdicts = act is not ActivityKind.Requested && (wish.Force || wish.IsRollback()) ? (await looks.FirstOrDefaultAsync())?.Verdicts : null;
        db.Activity.Add(new ActivityEntry
        {
            RepositoryId = wish.RepositoryId,
            At = time.GetUtcNow(),
            Actor = wish.RequestedBy,
            Act = act,
            Environment = wish.Environment,
            DeploymentId = wish.Id,
            Sha = wish.Sha,
            Detail = Sentence.Join([Sentence.Plain(detail), Overridden.In(verdicts ?? [])]),
        });
        await db.SaveChangesAsync(CancellationToken.None);
    }
}

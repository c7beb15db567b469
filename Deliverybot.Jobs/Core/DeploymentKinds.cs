using Deliverybot.Data.Deploying;
using Deliverybot.Jobs.DeployFile;
using Deliverybot.Jobs.Gates;

namespace Deliverybot.Jobs.Core;

/// <summary>Who stands behind a wish.</summary>
internal static class DeploymentKinds
{
    /// <summary>After this time nobody expects a wish to be carried out any more.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromDays(7);

    /// <summary>So long after it was made it ends, whatever time it waits for.</summary>
    public static readonly TimeSpan LongestLife = TimeSpan.FromDays(60);

    /// <summary>So long GitHub may still be working on a request whose answer was lost.</summary>
    private static readonly TimeSpan StillWorking = TimeSpan.FromSeconds(15);

    /// <summary>An event made the wish: the App's installation carries it out, and it may wait.</summary>
    public static bool IsAutomatic(this Deployment wish) => wish.Cause.IsAutomatic();

    /// <summary>The same of rows.</summary>
    public static IQueryable<Deployment> Automatic(IQueryable<Deployment> rows) => rows.Where(DeploymentCauses.AutomaticRows);

    /// <summary>Those that wait where a gate holds them.</summary>
    public static IQueryable<Deployment> ThatMayWait(IQueryable<Deployment> rows) => Automatic(rows).Union(rows.Where(row => row.Waits));

    /// <summary>A person made the wish with a token of their own, which is gone once their request has ended. What waits is the App's to carry out.</summary>
    public static bool NeedsUserToken(this Deployment wish) => wish is { Access: DeploymentAccess.Person, Waits: false };

    /// <summary>Where a gate holds it, it waits.</summary>
    public static bool MayWait(this Deployment wish) => wish.IsAutomatic() || wish.Waits;

    /// <summary>A person's request that has waited: what its requester may do isn't known any more.</summary>
    public static bool HasWaited(this Deployment wish) => wish is { Waits: true, LookAt: not null };

    /// <summary>It waits for checks that have all ended: nothing but a new run of one of them can change that.</summary>
    public static bool WaitsForReRun(this Deployment wish) => wish is { Gate: GateNames.Checks, UnmetContexts: [] };

    /// <summary>Somebody's word is among what it waits for.</summary>
    public static bool AwaitsPromotion(this Deployment wish) =>
        wish is { State: DeploymentState.Waiting, Gate: GateNames.Checks } && wish.UnmetContexts.Contains(Target.PromotionContext);

    /// <summary>GitHub, whose answer to the attempt is missing, may not have finished with it.</summary>
    public static bool MayStillBeMade(this Deployment attempt, DateTimeOffset now) => now - attempt.UpdatedAt < StillWorking;

    /// <summary>GitHub made it of another commit than was meant, which the gates refused; nothing says yet that GitHub was told.</summary>
    public static bool IsRefusedUntold(this Deployment wish) => wish is { State: DeploymentState.Error, GitHubId: not null, StatusAt: null };

    /// <summary>When it has waited for so long that it ends.</summary>
    public static DateTimeOffset WaitsUntil(this Deployment wish) => wish.ExpiresAt ?? wish.CreatedAt + LongestWait;

    /// <summary>When it ends if nothing lets it go out, where that is later than usual: what waits for a time has as long after it as others have.</summary>
    /// <param name="until">The time that it waits for; null: it waits for none, or any more.</param>
    public static DateTimeOffset? ExpiryAfter(this Deployment wish, DateTimeOffset? until, DateTimeOffset now)
    {
        var (usual, last) = (wish.CreatedAt + LongestWait, wish.CreatedAt + LongestLife);
        var expiry = until is { } time ? time + LongestWait : Earlier(wish.ExpiresAt ?? usual, now + LongestWait);
        return expiry <= usual ? null : Earlier(expiry, last).ToUniversalTime();
    }

    /// <summary>It waited for so long that it was ended.</summary>
    public static bool HasExpired(this Deployment wish) => wish.State is DeploymentState.Cancelled && wish.EndedAt >= wish.WaitsUntil();

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;

    public static bool IsRollback(this Deployment wish) => wish.Act is DeploymentAct.Rollback;
}

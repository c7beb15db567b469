using Deliverybot.Data;
using Deliverybot.Data.Activity;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Locks;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Core;
using Deliverybot.Jobs.Core.Locks;
using Deliverybot.Jobs.DeployFile;
using Deliverybot.Jobs.Engine;
using Deliverybot.Jobs.Gates;
using Deliverybot.Jobs.GitHub.Transport;
using Hangfire;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Acts.Locks;

/// <summary>
/// People keep an environment as it is, and let it go again. Both happen in the environment's turn: once somebody is told that it is
/// locked, nothing goes out any more that was decided before.
/// </summary>
internal sealed class EnvironmentLocks(
    DeliverybotContext db, KnownEnvironments environments, EnvironmentRights rights, KeptBack kept, LockEnds ends, IBackgroundJobClientV2 jobs, TimeProvider time)
{
    public static readonly TimeSpan Longest = TimeSpan.FromHours(720);

    private static Headline NotUnlocked => $"Nothing was unlocked";

    public async Task<ActResult> LockAsync(Actor actor, LockRequest request, CancellationToken cancellationToken)
    {
        var reason = LockReason.Read(request.Reason);
        if (LockReason.FaultOf(reason) is { } fault)
        {
            return NotLocked(request, Sentence.Plain(fault));
        }

        if (request.For is { } time && (time <= TimeSpan.Zero || time > Longest))
        {
            return NotLocked(request, $"A lock holds for at most {Longest.TotalHours:0} hours, or without an end until somebody unlocks.");
        }

        try
        {
            var targets = await environments.RuledAsync(actor.Repository, actor.GitHub, cancellationToken);
            var named = await environments.FindAsync(actor.Repository, request.Environment, request.PullRequest, targets, cancellationToken);
            return await named.Match(
                async environment => await RefusalAsync(actor, environment, targets, cancellationToken) is { } refusal
                    ? NotAllowed($"{environment} was not locked", refusal)
                    : await LockAsync(actor, request, environment, reason, cancellationToken),
                why => Task.FromResult(NotLocked(request, Sentence.Plain(why))));
        }
        catch (RetryLaterException later) when (later is not TurnTakenException)
        {
            return ActResult.Unavailable($"{request.Environment} was not locked: GitHub can't be used now", later.Reason);
        }
    }

    /// <summary>Ends a lock and a hold, whoever has them. What they held is looked at again by a job, with the App's own access.</summary>
    /// <param name="seen">What the person was told of (<see cref="UnlockPreview.Kept"/>): nothing else is ended. Null: whatever is there.</param>
    public Task<ActResult> UnlockAsync(Actor actor, EnvironmentName environment, string? seen, CancellationToken cancellationToken) =>
        UnlockAsync(actor, environment, seen, askedIn: null, cancellationToken);

    /// <param name="askedIn">The pull request that it is named in: by a target with many environments its own is meant.</param>
    /// <inheritdoc cref="UnlockAsync(Actor, EnvironmentName, string?, CancellationToken)"/>
    public async Task<ActResult> UnlockAsync(
        Actor actor, EnvironmentName environment, string? seen, PullRequestNumber? askedIn, CancellationToken cancellationToken)
    {
        try
        {
            // Whoever holds it needs nobody's leave, and GitHub isn't asked what the file says.
            if (await EndAsync(actor, environment, seen, isLet: false, cancellationToken) is { } own)
            {
                return own;
            }

            var targets = await environments.RuledAsync(actor.Repository, actor.GitHub, cancellationToken);
            var named = await environments.FindAsync(actor.Repository, environment, askedIn, targets, cancellationToken);
            return await named.Match(
                async known => await RefusalAsync(actor, known, targets, cancellationToken) is { } refusal
                    ? NotAllowed(NotUnlocked, refusal)
                    : await EndAsync(actor, known, seen, isLet: true, cancellationToken) ?? new ActResult(ActEnd.Nothing, NotUnlocked, $"{known} is not locked."),
                why => Task.FromResult(new ActResult(ActEnd.Unknown, NotUnlocked, Sentence.Plain(why))));
        }
        catch (RetryLaterException later) when (later is not TurnTakenException)
        {
            return ActResult.Unavailable($"Nothing was unlocked: GitHub can't be used now", later.Reason);
        }
    }

    /// <summary>What unlocking would end, and what it lets go. Nothing is done here.</summary>
    /// <returns>Null where nothing is kept; or only by that person, and nothing waits for it.</returns>
    public async Task<UnlockPreview?> PreviewAsync(Actor actor, EnvironmentName environment, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var held = await FindAsync(actor.Repository, environment, LockKind.Lock, cancellationToken) is { } found && !(found.Until <= now) ? found : null;
        var hold = await FindAsync(actor.Repository, environment, LockKind.Hold, cancellationToken);
        if (held is null && hold is null)
        {
            return null;
        }

        var waiting = await kept.SayAsync(actor.Repository, environment, but: null, cancellationToken);
        if (waiting.IsEmpty && held?.Holder.IsSameAs(actor.By) is not false && hold?.Holder.IsSameAs(actor.By) is not false)
        {
            return null;
        }

        return new UnlockPreview(UnlockPreview.NumbersOf(held, hold),
        [
            .. held is null ? Array.Empty<Sentence>() : [$"{LockWords.Locked(held.Environment, held.Facts())}. That lock ends."],
            .. hold is null ? Array.Empty<Sentence>() : [$"{LockWords.Held(hold.Environment, hold.Facts())}. That hold ends."],
            .. waiting.IsEmpty ? Array.Empty<Sentence>() : [waiting],
        ]);
    }

    private async Task<ActResult> LockAsync(
        Actor actor, LockRequest request, EnvironmentName environment, string reason, CancellationToken cancellationToken)
    {
        using var awaited = await Turn.AwaitAsync(db, actor.Repository, environment.Key, cancellationToken);
        using var scope = JobTransaction.Begin();
        var turn = await awaited.TakeAsync(cancellationToken);
        var now = time.GetUtcNow();
        var until = now + request.For;
        var standing = await FindAsync(actor.Repository, environment, LockKind.Lock, cancellationToken);
        var held = standing is { Until: { } end } && end <= now ? null : standing;
        if (held is not null && !held.Holder.IsSameAs(actor.By))
        {
            return new ActResult(
                ActEnd.Refused, $"{held.Environment} is locked already", $"{LockWords.Locked(held.Environment, held.Facts())}. To take it over, unlock it first.")
            {
                Hints = [new ActHint.Unlock(held.Environment, held.Until)],
            };
        }

        // Anew each time, so that the job that comes for the old end finds nothing. It stays with the pull request it was taken in.
        if (standing is not null)
        {
            await ends.EndAsync(turn, standing, cancellationToken);
        }

        var taken = new EnvironmentLock
        {
            RepositoryId = actor.Repository,
            Environment = environment,
            Kind = LockKind.Lock,
            Holder = actor.By,
            Reason = reason,
            Since = held?.Since ?? now,
            Until = until,
            PullRequest = held is null ? request.PullRequest : held.PullRequest,
        };
        turn.MustCover(taken.RepositoryId, taken.EnvironmentKey);
        db.Locks.Add(taken);
        db.Activity.Add(ActivityOf(actor, taken, now));
        await db.SaveChangesAsync(cancellationToken);
        if (await db.Deployments.AnyAsync(
            row => row.RepositoryId == taken.RepositoryId && row.EnvironmentKey == taken.EnvironmentKey && row.State == DeploymentState.Waiting, cancellationToken))
        {
            jobs.Keep(taken.RepositoryId, taken.EnvironmentKey);
        }

        if (until is { } at)
        {
            jobs.Schedule<EndLockJob>(job => job.RunAsync(actor.GitHub.Name.ToString(), taken.Id, CancellationToken.None), at);
        }

        scope.Complete();
        return Locked(taken, renewed: held is not null);
    }

    private Task<Sentence?> RefusalAsync(Actor actor, EnvironmentName environment, IReadOnlyList<Target> targets, CancellationToken cancellationToken) =>
        rights.RefusalAsync(actor.Repository, environment, targets, Permission.Lock, actor.By, forLooking: false, cancellationToken);

    /// <param name="isLet">Whether the file lets the person end what others hold.</param>
    /// <returns>Null where nothing was locked, or it isn't the person's own and that hasn't been asked.</returns>
    private async Task<ActResult?> EndAsync(Actor actor, EnvironmentName environment, string? seen, bool isLet, CancellationToken cancellationToken)
    {
        var repository = actor.Repository;
        using var awaited = await Turn.AwaitAsync(db, repository, environment.Key, cancellationToken);
        using var scope = JobTransaction.Begin();
        var turn = await awaited.TakeAsync(cancellationToken);
        var now = time.GetUtcNow();
        var held = await FindAsync(repository, environment, LockKind.Lock, cancellationToken);
        var hold = await FindAsync(repository, environment, LockKind.Hold, cancellationToken);
        if ((held ?? hold) is not { Environment: var name } || (hold is null && held!.Until <= now))
        {
            return null;
        }

        if (!isLet && (held?.Holder.IsSameAs(actor.By) is false || hold?.Holder.IsSameAs(actor.By) is false))
        {
            return null;
        }

        if (seen is not null && seen != UnlockPreview.NumbersOf(held, hold))
        {
            return new ActResult(ActEnd.Refused, NotUnlocked, $"What keeps {name} as it is has changed meanwhile. Look again.") { Hints = [new ActHint.Unlock(name, held?.Until)] };
        }

        foreach (var standing in new[] { held, hold }.OfType<EnvironmentLock>())
        {
            await ends.EndAsync(turn, standing, cancellationToken);
        }

        Sentence sentence = $"{actor.By} unlocked {name}{Was(actor.By, held?.Until <= now ? null : held?.Facts(), hold?.Facts())}.";
        db.Activity.Add(ends.UnlockedBy(actor.By, repository, name, sentence));
        await db.SaveChangesAsync(cancellationToken);
        ends.Release(repository, environment.Key);
        scope.Complete();
        return new ActResult(ActEnd.Done, $"{name} is unlocked", sentence);
    }

    private Task<EnvironmentLock?> FindAsync(RepositoryId repository, EnvironmentName environment, LockKind kind, CancellationToken cancellationToken)
    {
        var key = environment.Key;
        return db.Locks.AsNoTracking().SingleOrDefaultAsync(
            row => row.RepositoryId == repository && row.EnvironmentKey == key && row.Kind == kind, cancellationToken);
    }

    private static ActResult Locked(EnvironmentLock taken, bool renewed)
    {
        var words = LockWords.Locked(taken.Environment, taken.Facts());
        var result = renewed
            ? new ActResult(ActEnd.Done, $"{taken.Environment} stays locked", $"Renewed: {words}.")
            : new ActResult(ActEnd.Done, $"{taken.Environment} is locked", $"{words}.");
        return result with { Hints = [new ActHint.Unlock(taken.Environment, taken.Until)] };
    }

    private static ActResult NotAllowed(Headline headline, Sentence why) => ActResult.Because(ActEnd.NotAllowed, headline, why) with { Hints = [PersonsHint.AskSomebody] };

    private static ActResult NotLocked(LockRequest request, Sentence why) => new(ActEnd.Unknown, $"{request.Environment} was not locked", why);

    private static Sentence Was(GitHubUser by, LockFacts? lockedBy, LockFacts? heldBy) => (lockedBy, heldBy) switch
    {
        ({ } own, null) when own.Holder.IsSameAs(by) => $", which they had locked themselves{LockWords.Because(own)}",
        ({ } held, null) => $", which {held.Holder} had locked{LockWords.Because(held)}",
        (null, { } hold) => $", which was held since {hold.Holder} rolled it back{LockWords.Because(hold)}",
        ({ } held, { } back) => $", which {held.Holder} had locked and which was held since {back.Holder} rolled it back",
        (null, null) => Sentence.Empty,
    };

    private static ActivityEntry ActivityOf(Actor actor, EnvironmentLock taken, DateTimeOffset now) => new()
    {
        RepositoryId = actor.Repository,
        At = now,
        Actor = actor.By,
        Act = ActivityKind.Locked,
        Environment = taken.Environment,
        Detail = Sentence.Plain(taken.Until is null ? taken.Reason : $"{LockWords.Until(taken.Facts()).TrimStart()}{LockWords.Because(taken.Facts())}"),
    };
}

/// <summary>What unlocking would end.</summary>
/// <param name="Kept">The lock and the hold, as one value to compare.</param>
/// <param name="Consequences">What will come of it.</param>
internal sealed record UnlockPreview(string Kept, IReadOnlyList<Sentence> Consequences)
{
    public static string NumbersOf(EnvironmentLock? held, EnvironmentLock? hold) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{held?.Id ?? 0}-{hold?.Id ?? 0}");
}

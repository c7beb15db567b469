using System.Globalization;
using Deliverybot.Data;
using Deliverybot.Data.Activity;
using Deliverybot.Data.Locks;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Deploying;
using Deliverybot.Jobs.Engine;
using Deliverybot.Jobs.GitHub;
using Hangfire;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Locks;

/// <summary>
/// People keep an environment as it is, and let it go again. Both happen in the environment's turn: once somebody is told that it is
/// locked, nothing goes out any more that was decided before.
/// </summary>
internal sealed class EnvironmentLocks(
    DeliverybotContext db, KnownEnvironments environments, LockEnds ends, IBackgroundJobClientV2 jobs, TimeProvider time)
{
    public static readonly TimeSpan Longest = TimeSpan.FromHours(720);

    /// <summary>The caller has made sure that the person may write to the repository, and that the repository is known here.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="github">Whoever asks: reads <c>deploy.yml</c>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<LockOutcome> LockAsync(LockRequest request, RepositoryClient github, CancellationToken cancellationToken)
    {
        var reason = LockReason.Read(request.Reason);
        if (LockReason.FaultOf(reason) is { } fault)
        {
            return new LockOutcome.Invalid(fault);
        }

        if (request.For is { } time && (time <= TimeSpan.Zero || time > Longest))
        {
            return new LockOutcome.Invalid(string.Create(
                CultureInfo.InvariantCulture, $"A lock holds for at most {Longest.TotalHours:0} hours, or without an end until somebody unlocks."));
        }

        try
        {
            return await environments.FindAsync(request.RepositoryId, request.Environment, github, cancellationToken) switch
            {
                EnvironmentChoice.Known(var environment) => await LockAsync(request, environment, reason, github.Name, cancellationToken),
                EnvironmentChoice.Unknown(var why) => new LockOutcome.Unknown(why),
                var other => throw new InvalidOperationException($"An environment that is {other} has no meaning here."),
            };
        }
        catch (RetryLaterException later)
        {
            return new LockOutcome.Unavailable(later.Reason);
        }
    }

    /// <summary>Ends a lock and a hold, whoever has them. What they held is looked at again by a job, with the App's own access.</summary>
    public async Task<UnlockOutcome> UnlockAsync(
        RepositoryId repository, EnvironmentName environment, GitHubLogin by, RepositoryClient github, CancellationToken cancellationToken)
    {
        if (await EndAsync(repository, environment, by, cancellationToken) is { } unlocked)
        {
            return unlocked;
        }

        try
        {
            return await environments.FindAsync(repository, environment, github, cancellationToken) switch
            {
                EnvironmentChoice.Known(var known) => new UnlockOutcome.NothingLocked(known),
                EnvironmentChoice.Unknown(var why) => new UnlockOutcome.Unknown(why),
                var other => throw new InvalidOperationException($"An environment that is {other} has no meaning here."),
            };
        }
        catch (RetryLaterException later)
        {
            return new UnlockOutcome.Unavailable(later.Reason);
        }
    }

    private async Task<LockOutcome> LockAsync(
        LockRequest request, EnvironmentName environment, string reason, RepositoryName repository, CancellationToken cancellationToken)
    {
        using var scope = JobTransaction.Begin();
        await Turn.TakeForTransactionAsync(db, request.RepositoryId, environment.Key, cancellationToken);
        var now = time.GetUtcNow();
        var until = now + request.For;
        var standing = await FindAsync(request.RepositoryId, environment, LockKind.Lock, cancellationToken);
        var held = standing is { Until: { } end } && end <= now ? null : standing;
        if (held is not null && held.Holder != request.By)
        {
            return new LockOutcome.HeldByOther(held.Environment, held.Facts());
        }

        // Anew each time, so that the job that comes for the old end finds nothing. It stays with the pull request it was taken in.
        await EndAsync(standing, cancellationToken);
        var taken = new EnvironmentLock
        {
            RepositoryId = request.RepositoryId,
            Environment = environment,
            Kind = LockKind.Lock,
            Holder = request.By,
            Reason = reason,
            Since = held?.Since ?? now,
            Until = until,
            PullRequest = held is null ? request.PullRequest : held.PullRequest,
        };
        db.Locks.Add(taken);
        db.Activity.Add(ActivityOf(request, taken, now));
        await db.SaveChangesAsync(cancellationToken);
        if (until is { } at)
        {
            jobs.Schedule<EndLockJob>(job => job.RunAsync(repository.ToString(), taken.Id, CancellationToken.None), at);
        }

        scope.Complete();
        return held is null ? new LockOutcome.Locked(environment, taken.Facts()) : new LockOutcome.Renewed(environment, taken.Facts());
    }

    /// <returns>Null where nothing was locked.</returns>
    private async Task<UnlockOutcome.Unlocked?> EndAsync(
        RepositoryId repository, EnvironmentName environment, GitHubLogin by, CancellationToken cancellationToken)
    {
        using var scope = JobTransaction.Begin();
        await Turn.TakeForTransactionAsync(db, repository, environment.Key, cancellationToken);
        var now = time.GetUtcNow();
        var held = await FindAsync(repository, environment, LockKind.Lock, cancellationToken);
        var hold = await FindAsync(repository, environment, LockKind.Hold, cancellationToken);
        if ((held ?? hold) is not { Environment: var name } || (hold is null && held!.Until <= now))
        {
            return null;
        }

        await EndAsync(held, cancellationToken);
        await EndAsync(hold, cancellationToken);
        var unlocked = new UnlockOutcome.Unlocked(name, by, held?.Until <= now ? null : held?.Facts(), hold?.Facts());
        db.Activity.Add(ends.UnlockedBy(by, repository, name, unlocked.Sentence));
        await db.SaveChangesAsync(cancellationToken);
        ends.Release(repository, environment.Key);
        scope.Complete();
        return unlocked;
    }

    private async Task EndAsync(EnvironmentLock? held, CancellationToken cancellationToken)
    {
        if (held is not null)
        {
            await db.Locks.Where(row => row.Id == held.Id).ExecuteDeleteAsync(cancellationToken);
        }
    }

    private Task<EnvironmentLock?> FindAsync(RepositoryId repository, EnvironmentName environment, LockKind kind, CancellationToken cancellationToken)
    {
        var key = environment.Key;
        return db.Locks.AsNoTracking().SingleOrDefaultAsync(
            row => row.RepositoryId == repository && row.EnvironmentKey == key && row.Kind == kind, cancellationToken);
    }

    private static ActivityEntry ActivityOf(LockRequest request, EnvironmentLock taken, DateTimeOffset now) => new()
    {
        RepositoryId = request.RepositoryId,
        At = now,
        Actor = request.By,
        Act = ActivityAct.Locked,
        Environment = taken.Environment,
        Detail = taken.Until is null ? taken.Reason : $"{LockWords.Until(taken.Facts()).TrimStart()}{LockWords.Because(taken.Facts())}",
    };
}

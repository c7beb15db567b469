using System.Runtime.ExceptionServices;
using Deliverybot.Data;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.DeployFile;
using Deliverybot.Jobs.Gates;
using Deliverybot.Jobs.GitHub.Transport;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Core;

/// <summary>The wishes that wait: found to be looked at again, or ended because what they waited for can't come.</summary>
internal sealed class WaitingWishes(
    DeliverybotContext db, InstallationEvaluator evaluator, WishWriter writer, CheckNews checks, AllGates gates, TimeProvider time)
{
    private static readonly Func<Deployment, bool> Always = static _ => true;

    /// <summary>Ends the wishes for a branch or tag that is gone.</summary>
    public Task CancelAsync(RepositoryId repository, GitRef name, Sentence reason, CancellationToken cancellationToken) =>
        CancelAsync(Waiting(repository).Where(wish => wish.Ref == name), reason, cancellationToken);

    /// <summary>Ends the wishes of a pull request that is closed.</summary>
    public Task CancelAsync(RepositoryId repository, PullRequestNumber pullRequest, Sentence reason, CancellationToken cancellationToken) =>
        CancelAsync(Waiting(repository).Where(wish => wish.PullRequest == pullRequest), reason, cancellationToken);

    /// <summary>Ends those that the pull request itself has made; what people asked for there stays.</summary>
    public Task CancelAutomaticAsync(RepositoryId repository, PullRequestNumber pullRequest, Sentence reason, CancellationToken cancellationToken) =>
        CancelAsync(DeploymentKinds.Automatic(Waiting(repository).Where(wish => wish.PullRequest == pullRequest)), reason, cancellationToken);

    /// <param name="which">As somebody has read them.</param>
    public Task CancelAsync(IEnumerable<Deployment> which, Sentence reason, CancellationToken cancellationToken) =>
        EachAsync(which, wish => writer.CancelAsync(wish, reason, cancellationToken));

    /// <summary>
    /// A check ended well: the wishes for this commit that wait for it say what is left, and those that wait for no other are looked at.
    /// </summary>
    public async Task CheckPassedAsync(RepositoryId repository, CommitSha sha, string context, CancellationToken cancellationToken)
    {
        var wishes = await db.Deployments
            .Where(wish => wish.RepositoryId == repository && wish.Sha == sha)
            .Where(DeploymentStates.OpenRows)
            .ToListAsync(cancellationToken);
        await EachAsync(
            wishes,
            async wish =>
            {
                if (await IsToBeLookedAtAsync(wish, context, cancellationToken))
                {
                    await LookAgainAsync(wish, cancellationToken);
                }
            });
    }

    /// <summary>
    /// A check has failed: wishes whose target requires it and that don't say so yet are looked at, so that whoever looks isn't left waiting
    /// for what has ended, and one that had been good doesn't count as good any more. It is asked of GitHub, which knows of the others, too.
    /// </summary>
    public async Task CheckFailedAsync(RepositoryId repository, CommitSha sha, UnmetCheck failed, CancellationToken cancellationToken)
    {
        var said = failed.ToString();
        var wishes = await Held(repository, Waking.CheckEnded)
            .Where(wish => wish.Sha == sha && !((string)(object)wish.Reason!).Contains(said))
            .ToListAsync(cancellationToken);
        await LookAgainAsync(wishes.Where(wish => CheckNews.Requires(wish, failed.Context)), Always, cancellationToken);
    }

    /// <summary>A check suite ended well: a check of it that was skipped may count as good now.</summary>
    public Task SuiteEndedAsync(RepositoryId repository, CommitSha sha, CancellationToken cancellationToken) =>
        LookAgainAsync(
            Held(repository, Waking.CheckEnded).Where(wish => wish.Sha == sha && wish.UnmetContexts.Length == 0),
            cancellationToken);

    /// <summary>A deployment to the environment has ended: those in its queue may follow, the oldest first.</summary>
    public Task EnvironmentFreedAsync(RepositoryId repository, string environmentKey, CancellationToken cancellationToken) =>
        LookAgainAsync(
            Held(repository, Waking.EnvironmentFreed).Where(wish => wish.EnvironmentKey == environmentKey)
                .OrderBy(wish => wish.CreatedAt).ThenBy(wish => wish.Id),
            cancellationToken);

    /// <summary>A target was reached: those that come after it may follow.</summary>
    public Task TargetReachedAsync(RepositoryId repository, CancellationToken cancellationToken) =>
        LookAgainAsync(
            Held(repository, Waking.TargetReached).OrderByDescending(wish => wish.CreatedAt).ThenByDescending(wish => wish.Id),
            cancellationToken);

    /// <summary>A commit is live: ends what still waits to bring it there, or an older one, whatever that waits for. GitHub is not asked.</summary>
    public async Task ArrivedAsync(Deployment live, CancellationToken cancellationToken) => await EndPointlessAsync(
        await DeploymentKinds.ThatMayWait(Waiting(live.RepositoryId).Where(wish => wish.EnvironmentKey == live.EnvironmentKey)).ToListAsync(cancellationToken),
        cancellationToken);

    /// <summary>A commit failed at a target, or its wish for that ended, so that its wishes that come after say so; or it is tried there again, and they don't any more.</summary>
    public Task TargetTriedAsync(RepositoryId repository, CommitSha sha, bool failed, CancellationToken cancellationToken)
    {
        var wishes = Held(repository, Waking.TargetTried).Where(wish => wish.Sha == sha);
        return LookAgainAsync(
            failed ? wishes : wishes.Where(wish => wish.Gate == GateNames.After && !((string)(object)wish.Reason!).Contains(AfterGate.NotYet)), cancellationToken);
    }

    /// <summary>A lock or hold has ended: the newest goes first, so that it ends the older ones; where each has its turn, the oldest does.</summary>
    public async Task UnlockedAsync(RepositoryId repository, string environmentKey, CancellationToken cancellationToken)
    {
        var locks = gates.WokenBy(Waking.LockEnded);
        var wishes = await Held(repository, Waking.LockEnded).Where(wish => wish.EnvironmentKey == environmentKey).ToListAsync(cancellationToken);
        await LookAgainAsync(InOrder(wishes), wish => locks.Contains(wish.Gate), cancellationToken);
    }

    /// <summary>A lock or hold has begun, or was renewed: whatever they waited for, that is what holds them now.</summary>
    public async Task KeptAsync(RepositoryId repository, string environmentKey, CancellationToken cancellationToken) => await LookAgainAsync(
        OldestFirst(await Waiting(repository).Where(wish => wish.EnvironmentKey == environmentKey).ToListAsync(cancellationToken)), Always, cancellationToken);

    /// <summary>
    /// The time has come that a gate named, or a wish has waited for long enough: those in line first, the oldest before the others, and
    /// then what a lock held, as when it is unlocked.
    /// </summary>
    public async Task TimeHasComeAsync(RepositoryId repository, string environmentKey, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var due = await DueLooks.In(Waiting(repository).Where(wish => wish.EnvironmentKey == environmentKey), gates, now).ToListAsync(cancellationToken);
        await EachAsync(due.Where(wish => wish.WaitsUntil() <= now), wish => ExpireAsync(wish, cancellationToken));

        var inLine = gates.WokenBy(Waking.EnvironmentFreed);
        var line = due.Where(wish => wish.WaitsUntil() > now).ToLookup(wish => inLine.Contains(wish.Gate));
        await LookAgainAsync(
            [.. OldestFirst(line[true]), .. InOrder([.. line[false]])], wish => wish.LookAt is not { } at || at <= now, cancellationToken);
    }

    /// <summary>It has waited for long enough.</summary>
    public Task ExpireAsync(Deployment wish, CancellationToken cancellationToken) => writer.CancelAsync(
        wish,
        Sentence.Join([$"It has waited for {Math.Floor((wish.WaitsUntil() - wish.CreatedAt).TotalDays):0} days.", wish.Reason ?? Sentence.Empty]),
        cancellationToken);

    /// <summary>
    /// A branch or tag has moved on: ends what that has made pointless. While a commit was the head of its branch, GitHub was asked by
    /// the branch's name, and may have judged the checks of the newer commit of which nobody had told yet: a wish that stays is judged
    /// once more, by its own commit.
    /// </summary>
    /// <param name="pushed">The commit that the event told of.</param>
    /// <param name="past">The head that was left; null: several may have been.</param>
    /// <param name="head">Where it is now.</param>
    public async Task MovedOnAsync(
        RepositoryId repository, GitRef name, CommitSha pushed, CommitSha? past, CommitSha head, CancellationToken cancellationToken)
    {
        var wishes = await Waiting(repository)
            .Where(wish => wish.Ref == name)
            .OrderByDescending(wish => wish.CreatedAt).ThenByDescending(wish => wish.Id)
            .ToListAsync(cancellationToken);
        await EndPointlessAsync(wishes.Where(wish => wish.Sha != pushed), cancellationToken);
        if (name.IsBranch)
        {
            var judged = gates.WokenBy(Waking.HeadMoved);
            // Asked one by one, when its turn comes: the looks before may have ended it.
            await LookAgainAsync(
                wishes.Where(wish => wish.State == DeploymentState.Waiting && judged.Contains(wish.Gate)
                    && wish.Sha != head && (past is null || wish.Sha == past)),
                Always,
                cancellationToken);
        }
    }

    /// <summary>Looks at a wish; if it goes out, that ends the older ones that could have gone out while it waited (a promotion needn't come in order).</summary>
    public Task LookAgainAsync(Deployment wish, CancellationToken cancellationToken) => LookAgainAsync(wish, Always, cancellationToken);

    private async Task LookAgainAsync(Deployment wish, Func<Deployment, bool> still, CancellationToken cancellationToken)
    {
        await evaluator.EvaluateAsync(wish, still, cancellationToken);
        if (wish is { State: DeploymentState.Pending, Ref: { } name })
        {
            var overtaken = await Waiting(wish.RepositoryId).Where(older => older.Ref == name && older.Sha != wish.Sha).ToListAsync(cancellationToken);
            await EndPointlessAsync(overtaken, cancellationToken);
        }
    }

    /// <summary>Ends those that what came after has made pointless. GitHub is not asked.</summary>
    private Task EndPointlessAsync(IEnumerable<Deployment> wishes, CancellationToken cancellationToken) =>
        EachAsync(wishes, wish => evaluator.EndIfPointlessAsync(wish, cancellationToken));

    private async Task LookAgainAsync(IQueryable<Deployment> which, CancellationToken cancellationToken) =>
        await LookAgainAsync(await which.ToListAsync(cancellationToken), Always, cancellationToken);

    private Task LookAgainAsync(IEnumerable<Deployment> wishes, Func<Deployment, bool> still, CancellationToken cancellationToken) =>
        EachAsync(wishes, wish => LookAgainAsync(wish, still, cancellationToken));

    /// <summary>The newest goes first, so that it ends the older ones; where each has its turn, the oldest does.</summary>
    private static IEnumerable<Deployment> InOrder(IReadOnlyCollection<Deployment> wishes) =>
        wishes.Any(wish => TargetJson.Read(wish.TargetDefinition!).Queue == QueueMode.All) ? OldestFirst(wishes) : OldestFirst(wishes).Reverse();

    private static IEnumerable<Deployment> OldestFirst(IEnumerable<Deployment> wishes) => wishes.OrderBy(wish => wish.CreatedAt).ThenBy(wish => wish.Id.Value);

    /// <summary>None waits for another's fault: it is thrown when all have had their turn.</summary>
    private async Task EachAsync(IEnumerable<Deployment> wishes, Func<Deployment, Task> act)
    {
        var faults = new List<Exception>();
        foreach (var wish in wishes)
        {
            try
            {
                await act(wish);
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                faults.Add(fault);
                ForgetUnsaved();
            }
        }

        switch (faults)
        {
            case []:
                break;
            case var all when all.TrueForAll(fault => fault is RetryLaterException):
                // No fault, but a matter of time: whoever called puts it off.
                ExceptionDispatchInfo.Throw(faults[^1]);
                break;
            default:
                throw new AggregateException(faults);
        }
    }

    /// <summary>What couldn't be saved must not be sent along with what the next one saves.</summary>
    private void ForgetUnsaved()
    {
        foreach (var entry in db.ChangeTracker.Entries().Where(entry => entry.State != EntityState.Unchanged).ToList())
        {
            entry.State = EntityState.Detached;
        }
    }

    private async Task CancelAsync(IQueryable<Deployment> which, Sentence reason, CancellationToken cancellationToken) =>
        await CancelAsync(await which.ToListAsync(cancellationToken), reason, cancellationToken);

    private async Task<bool> IsToBeLookedAtAsync(Deployment wish, string passed, CancellationToken cancellationToken)
    {
        await using var turn = await Turn.TakeAsync(db, wish, cancellationToken);
        return await checks.PassedAsync(turn, wish, passed, cancellationToken);
    }

    /// <summary>Those that a gate holds whose answer this can change.</summary>
    private IQueryable<Deployment> Held(RepositoryId repository, Waking by)
    {
        var woken = gates.WokenBy(by);
        return Waiting(repository).Where(wish => woken.Contains(wish.Gate));
    }

    private IQueryable<Deployment> Waiting(RepositoryId repository) =>
        db.Deployments.Where(wish => wish.RepositoryId == repository && wish.State == DeploymentState.Waiting);
}

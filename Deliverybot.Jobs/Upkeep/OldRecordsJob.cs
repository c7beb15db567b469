using Deliverybot.Data;
using Deliverybot.Jobs.Engine;
using Hangfire;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Upkeep;

/// <summary>
/// What was written down on the way, and grows with it, goes when nobody asks for it any more. A deployment itself stays, with how and why
/// it ended. Rows go by small batches in the order of their ids, so that none is locked for long.
/// </summary>
internal sealed class OldRecordsJob(DeliverybotContext db, TimeProvider time)
{
    /// <summary>What the gates said on the way; what they said last stays.</summary>
    public static readonly TimeSpan KeepEvaluations = TimeSpan.FromDays(90);

    /// <summary>What whoever carries out a deployment has reported.</summary>
    public static readonly TimeSpan KeepSteps = TimeSpan.FromDays(365);

    /// <summary>Where a branch was deleted: no event of it comes later than GitHub sends one again.</summary>
    public static readonly TimeSpan KeepDeleted = TimeSpan.FromDays(7);

    /// <summary>A branch, or a comment of ours, of which nothing was heard: should it wake, GitHub is asked, or the comment written anew.</summary>
    public static readonly TimeSpan KeepQuiet = TimeSpan.FromDays(365);

    /// <summary>What a channel was told of: nobody asks when, but whoever wonders why something wasn't told yesterday.</summary>
    public static readonly TimeSpan KeepTold = TimeSpan.FromDays(2);

    /// <summary>What no channel could be told for so long is no news any more.</summary>
    public static readonly TimeSpan KeepUntold = TimeSpan.FromDays(14);

    /// <summary>As long as the webhook that it may have failed at.</summary>
    public static readonly TimeSpan KeepFailedJobs = PurgeJob.KeepUnprocessed;

    private const int MostAtOnce = 2000;

    [JobTitle("Old records are deleted")]
    [AutomaticRetry(Attempts = 0)]
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await EvaluationsAsync(now - KeepEvaluations, cancellationToken);
        await StepsAsync(now - KeepSteps, cancellationToken);
        await RefHeadsAsync(now - KeepDeleted, now - KeepQuiet, cancellationToken);
        await db.PullRequestComments.Where(row => row.ToldAt <= now - KeepQuiet).ExecuteDeleteAsync(cancellationToken);
        await ChangesAsync(now - KeepTold, now - KeepUntold, cancellationToken);
        await FailedJobsAsync(now, cancellationToken);
    }

    private async Task EvaluationsAsync(DateTimeOffset old, CancellationToken cancellationToken)
    {
        for (long? last = 0; last is { } after;)
        {
            last = await LastOfAsync(db.Evaluations.Where(row => row.Id > after && row.At <= old).Select(row => row.Id), cancellationToken);
            await db.Evaluations
                .Where(row => row.Id > after && row.Id <= last && row.At <= old)
                .Where(row => db.Evaluations.Any(newer => newer.DeploymentId == row.DeploymentId && newer.Id > row.Id))
                .ExecuteDeleteAsync(cancellationToken);
        }
    }

    /// <summary>A step bears GitHub's time, and those of a history that was read late are old from the beginning: they go as well.</summary>
    private async Task StepsAsync(DateTimeOffset old, CancellationToken cancellationToken)
    {
        for (long? last = 0; last is { } after;)
        {
            last = await LastOfAsync(db.DeploymentSteps.Where(row => row.Id > after && row.At <= old).Select(row => row.Id), cancellationToken);
            await db.DeploymentSteps
                .Where(row => row.Id > after && row.Id <= last && row.At <= old)
                .ExecuteDeleteAsync(cancellationToken);
        }
    }

    private async Task ChangesAsync(DateTimeOffset told, DateTimeOffset untold, CancellationToken cancellationToken)
    {
        for (long? last = 0; last is { } after;)
        {
            last = await LastOfAsync(db.Changes.Where(row => row.Id > after && row.At <= told).Select(row => row.Id), cancellationToken);
            await db.Changes
                .Where(row => row.Id > after && row.Id <= last && (row.ToldAt <= told || row.At <= untold))
                .ExecuteDeleteAsync(cancellationToken);
        }
    }

    /// <summary>Where the next batch ends; null: there is none.</summary>
    private static async Task<long?> LastOfAsync(IQueryable<long> ids, CancellationToken cancellationToken) =>
        await ids.Order().Take(MostAtOnce).MaxAsync(id => (long?)id, cancellationToken);

    /// <summary>What a wish waits for stays, and so do the default branches.</summary>
    private async Task RefHeadsAsync(DateTimeOffset deleted, DateTimeOffset quiet, CancellationToken cancellationToken)
    {
        int gone;
        do
        {
            gone = await db.Database.ExecuteSqlAsync(
                $"""
                 delete from ref_heads where (repository_id, ref) in (
                   select repository_id, ref from ref_heads
                   where ((sha is null and seen_at <= {deleted}) or seen_at <= {quiet})
                     and not exists (select from deployments
                       where deployments.repository_id = ref_heads.repository_id and deployments.ref = ref_heads.ref and state in ('Waiting', 'Creating'))
                     and not exists (select from repositories where id = ref_heads.repository_id and ref = 'refs/heads/' || default_branch)
                   limit {MostAtOnce}
                 )
                 """,
                cancellationToken);
        }
        while (gone == MostAtOnce);
    }

    private Task<int> FailedJobsAsync(DateTimeOffset now, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlRawAsync(HangfireTables.ExpireFailed, [now, now - KeepFailedJobs], cancellationToken);
}

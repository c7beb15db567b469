using Deliverybot.Data;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Core;
using Deliverybot.Jobs.Engine;
using Hangfire;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Deliverybot.Jobs.Privacy;

/// <summary>
/// What is kept of a person. Others need to know that something was deployed, by whom doesn't have to stay: so records are kept, and
/// the name in them goes. Whose a record is says GitHub's number, never a login or the words of a sentence.
/// </summary>
internal sealed class PersonalData(DeliverybotContext db, IBackgroundJobClientV2 jobs)
{
    /// <summary>What was being written at that moment is gone through then: longer than one waits for an environment's turn.</summary>
    public static readonly TimeSpan Again = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan LongestSearch = TimeSpan.FromMinutes(10);

    /// <summary>Has the person forgotten: at once by a job, which waits for the turn of each environment, and once more by a later one.</summary>
    public void Request(GitHubUserId user)
    {
        jobs.Enqueue<ForgetJob>(job => job.RunAsync(user.Value, CancellationToken.None));
        jobs.Schedule<ForgetJob>(job => job.RunAsync(user.Value, CancellationToken.None), Again);
    }

    /// <summary>
    /// Removes the links to Slack with their tokens, and the name from activity, deployments, locks and sentences. The end of the person's
    /// sessions stays: without it, a session that was ended would be open again. Cut off, it can be done again.
    /// </summary>
    public async Task ForgetAsync(GitHubUserId user, CancellationToken cancellationToken)
    {
        db.Database.SetCommandTimeout(LongestSearch);
        await db.SlackLinks.Where(link => link.UserId == user).ExecuteDeleteAsync(cancellationToken);
        foreach (var place in await PlacesAsync(user, cancellationToken))
        {
            await ForgetAsync(user, place, cancellationToken);
        }

        var (mark, pattern) = MarkOf(user);
        await db.Database.ExecuteSqlAsync(
            $"""
            update activity set
              actor = case when actor_id = {user.Value} then {GitHubUser.Deleted.Login.Value} else actor end,
              actor_id = nullif(actor_id, {user.Value}),
              detail = regexp_replace(detail, {pattern}, {GitHubUser.Deleted.Login.Value}, 'g')
            where actor_id = {user.Value} or position({mark} in detail) > 0
            """,
            cancellationToken);
    }

    /// <summary>In the environment's turn: whoever decides there neither finds the row changed meanwhile, nor writes the name anew.</summary>
    private async Task ForgetAsync(GitHubUserId user, Place place, CancellationToken cancellationToken)
    {
        using var awaited = await Turn.AwaitAsync(db, new RepositoryId(place.RepositoryId), place.EnvironmentKey, cancellationToken);
        using var scope = JobTransaction.Begin();
        var turn = await awaited.TakeAsync(cancellationToken);
        turn.MustCover(new RepositoryId(place.RepositoryId), place.EnvironmentKey);
        var (mark, pattern) = MarkOf(user);
        await db.Database.ExecuteSqlAsync(
            $"""
            update deployments set
              requested_by = case when requested_by_id = {user.Value} then {GitHubUser.Deleted.Login.Value} else requested_by end,
              requested_by_id = nullif(requested_by_id, {user.Value}),
              reason = regexp_replace(reason, {pattern}, {GitHubUser.Deleted.Login.Value}, 'g'),
              commit_status = regexp_replace(commit_status, {pattern}, {GitHubUser.Deleted.Login.Value}, 'g')
            where repository_id = {place.RepositoryId} and environment_key = {place.EnvironmentKey}
              and (requested_by_id = {user.Value} or position({mark} in reason) > 0 or position({mark} in commit_status) > 0)
            """,
            cancellationToken);
        await db.Database.ExecuteSqlAsync(
            $"""
            update environment_locks set holder = {GitHubUser.Deleted.Login.Value}, holder_id = null
            where repository_id = {place.RepositoryId} and environment_key = {place.EnvironmentKey} and holder_id = {user.Value}
            """,
            cancellationToken);
        await ForgetVerdictsAsync(user, place, cancellationToken);
        scope.Complete();
    }

    private async Task ForgetVerdictsAsync(GitHubUserId user, Place place, CancellationToken cancellationToken)
    {
        var naming = await db.Evaluations.FromSql(
                $"""
                select look.* from evaluations look join deployments wish on wish.id = look.deployment_id
                where wish.repository_id = {place.RepositoryId} and wish.environment_key = {place.EnvironmentKey}
                  and position({InJson(user)} in look.verdicts::text) > 0
                """)
            .AsNoTracking()
            .ToListAsync(cancellationToken);
        foreach (var look in naming)
        {
            var verdicts = look.Verdicts.Select(verdict => verdict with { Reason = verdict.Reason.Without(user), Past = verdict.Past?.Without(user) }).ToList();
            await db.Evaluations.Where(row => row.Id == look.Id)
                .ExecuteUpdateAsync(row => row.SetProperty(changed => changed.Verdicts, verdicts), cancellationToken);
        }
    }

    /// <summary>Where the person is named. Nothing but a person of ours is kept with those marks (<see cref="Sentence"/>), so no word of anybody's is looked at.</summary>
    private Task<List<Place>> PlacesAsync(GitHubUserId user, CancellationToken cancellationToken)
    {
        var (mark, _) = MarkOf(user);
        return db.Database.SqlQuery<Place>(
            $"""
            select repository_id, environment_key from deployments
            where requested_by_id = {user.Value} or position({mark} in reason) > 0 or position({mark} in commit_status) > 0
            union
            select repository_id, environment_key from environment_locks where holder_id = {user.Value}
            union
            select wish.repository_id, wish.environment_key from evaluations look join deployments wish on wish.id = look.deployment_id
            where position({InJson(user)} in look.verdicts::text) > 0
            """).ToListAsync(cancellationToken);
    }

    private static (string Mark, string Pattern) MarkOf(GitHubUserId user) => (Sentence.BeginOf(user), $"{Sentence.BeginOf(user)}[^{Sentence.End}]*{Sentence.End}");

    /// <summary>As PostgreSQL writes control characters in JSON.</summary>
    private static string InJson(GitHubUserId user) => Sentence.BeginOf(user).Replace("\u0001", @"\u0001", StringComparison.Ordinal);

    private sealed record Place(long RepositoryId, string EnvironmentKey);
}

/// <summary>Takes a person out of what is kept. It knows the number alone: a job must not keep the name that is to go.</summary>
internal sealed class ForgetJob(PersonalData data)
{
    /// <param name="user">GitHub's number of the person.</param>
    [JobTitle("The data of a person is deleted")]
    [RetryLater]
    [AutomaticRetry(Attempts = 10)]
    public Task RunAsync(long user, CancellationToken cancellationToken) => data.ForgetAsync(new GitHubUserId(user), cancellationToken);
}

internal static class PrivacyRegistration
{
    public static IServiceCollection AddPrivacy(this IServiceCollection services) => services
        .AddScoped<PersonalData>()
        .AddScoped<ForgetJob>();
}

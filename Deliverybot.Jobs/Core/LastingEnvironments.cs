using System.Runtime.CompilerServices;
using System.Text.Json;
using Deliverybot.Data;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Locks;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.DeployFile;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Deliverybot.Jobs.Core;

/// <summary>
/// Reads how the lasting environments of many repositories stand: the same as <see cref="Standings"/> says of each. Previews are left out:
/// they are their pull requests' matter, and there may be thousands.
/// </summary>
internal sealed partial class LastingEnvironments(DeliverybotContext db, IServiceScopeFactory scopes, TimeProvider time)
{
    private static readonly string FailedSql = DeploymentStates.Sql(DeploymentState.Failure, DeploymentState.Error);

    /// <summary>
    /// Each environment's newest deployment of those that GitHub made, and where that hasn't ended what failed before it. From one environment to the next by one look into an index, all
    /// repositories side by side: as many rounds as one of them has environments.
    /// </summary>
    /// <remarks>
    /// The list stands in a query of its own so that PostgreSQL doesn't know beforehand how long it is: it takes a recursion for far longer
    /// than it is, and would compile what ends after milliseconds.
    /// </remarks>
    private static readonly string NewestSql =
        $$"""
        with recursive newest as (
          select first.* from unnest((select {0})) as repository (id) cross join lateral (
            select repository_id, environment_key, environment, id, state, awaits_approval, gone_at from deployments
            where repository_id = repository.id and {{LiveDeployments.StandingSql}}
            order by environment_key, id desc limit 1
          ) first
          union all
          select next.* from newest cross join lateral (
            select repository_id, environment_key, environment, id, state, awaits_approval, gone_at from deployments
            where repository_id = newest.repository_id and environment_key > newest.environment_key and {{LiveDeployments.StandingSql}}
            order by environment_key, id desc limit 1
          ) next
        )
        select newest.repository_id, newest.environment, newest.id, newest.state, newest.awaits_approval, newest.gone_at, ended.id as failed_id
        from newest left join lateral (
          select last.id from (
            select id, state, gone_at from deployments
            where (newest.awaits_approval or newest.state in {{DeploymentStates.Sql(DeploymentStates.Active)}})
              and repository_id = newest.repository_id and environment_key = newest.environment_key and {{LiveDeployments.StandingSql}}
              and state not in {{DeploymentStates.Sql(DeploymentStates.Active)}} and not (awaits_approval and state in {{FailedSql}})
            order by id desc limit 1
          ) last where last.state in {{FailedSql}} and last.gone_at is null
        ) ended on true
        """;

    /// <summary>What is shown of a place beside its newest deployment: the last that succeeded there, and where its branch is.</summary>
    /// <remarks>
    /// A rollback and a tag name no branch: what they have brought is measured as on the board, against the default branch, where the same
    /// commit was wished for from that. Anything else GitHub would have to be asked for.
    /// </remarks>
    private static readonly string LastSql =
        $$"""
        select newest.id, coalesce(planned.target, newest.target) as target, newest.production_environment,
          (coalesce(newest.target_definition, planned.target_definition) -> 'after')::text as after,
          last.id as last_id, last.target as last_target, last.sha, last.state as last_state, last.ref,
          coalesce(came.ref, last.branch) as branch, coalesce(came.cause, last.cause) as cause, coalesce(came.created_at, last.created_at) as created_at,
          last.succeeded_at, last.transient_environment as is_transient, last.force as is_forced, head.sha as head
        from unnest((select {0})) as place (id)
        join deployments newest on newest.id = place.id
        left join lateral (
          select target, target_definition from (
            select id, target, target_definition from deployments
            where newest.target_definition is null and repository_id = newest.repository_id and environment_key = newest.environment_key
            order by id desc limit {{MostMadeElsewhere}}
          ) recent
          where target_definition is not null order by id desc limit 1
        ) planned on true
        left join lateral (
          select id, target, sha, state, ref, cause, created_at, succeeded_at, transient_environment, force,
            case when pull_request is null and ref like '{{GitRef.Branch("")}}%' then ref end as branch,
            ref is null or ref not like '{{GitRef.Branch("")}}%' as is_elsewhere
          from deployments
          where repository_id = newest.repository_id and environment_key = newest.environment_key and succeeded_at is not null
          order by succeeded_at desc, id desc limit 1
        ) last on true
        left join lateral (
          select pushed.ref, pushed.cause, pushed.created_at from repositories
          join deployments pushed on pushed.repository_id = repositories.id and pushed.sha = last.sha and pushed.ref = '{{GitRef.Branch("")}}' || repositories.default_branch
          where last.is_elsewhere and repositories.id = newest.repository_id and pushed.pull_request is null
          order by pushed.id limit 1
        ) came on true
        left join lateral (
          select sha from ref_heads where repository_id = newest.repository_id and ref = coalesce(came.ref, last.branch) limit 1
        ) head on true
        """;

    /// <summary>The failed ones, unless they lie too far back, and what has not ended.</summary>
    /// <remarks>In a query of our own EF Core calls the columns of a complex property by its names, whatever the mapping says.</remarks>
    private static readonly string ToldSql =
        $$"""
        select told.*, told.requested_by_id as "RequestedBy_Id", told.requested_by as "RequestedBy_Login" from (
          select deployments.*, deployments.xmin from unnest({0}) as failed (number) join deployments on deployments.id = failed.number
          where (
            select count(*) from (
              select from deployments later where later.repository_id = deployments.repository_id and later.id > deployments.id limit {{Standings.MostRecent}}
            ) newer) < {{Standings.MostRecent}}
          union all
          select coming.* from unnest({1}) as repository (number) cross join lateral (
            select *, xmin from deployments
            where repository_id = repository.number and does_not_count is null and state in {{DeploymentStates.Sql(DeploymentStates.Unfinished)}}
            order by id limit {2}
          ) coming
        ) told
        """;

    /// <summary>Where the newest deployment was made at GitHub, which tells of no target: among as many before it the last one of ours is looked for.</summary>
    private const int MostMadeElsewhere = 50;

    /// <summary>Of all repositories together, so that nobody's thousands of unfinished deployments take the memory that others need.</summary>
    private const int MostUnfinishedOfAll = 10_000;

    private const int FewestUnfinished = 20;

    /// <summary>More repositories are asked for in two halves, side by side: PostgreSQL looks for each of them one after another.</summary>
    private const int MostAtOnce = 200;

    /// <summary>What of many repositories is known at once. How their environments stand is read of those that are shown.</summary>
    public async Task<Survey> SurveyAsync(IReadOnlyCollection<RepositoryId> repositories, CancellationToken cancellationToken)
    {
        if (repositories.Count == 0)
        {
            return new Survey([], [], [], new HashSet<Spot>());
        }

        long[] numbers = [.. repositories.Select(repository => repository.Value)];
        var most = Math.Clamp(MostUnfinishedOfAll / numbers.Length, FewestUnfinished, Standings.MostUnfinished);
        if (numbers.Length <= MostAtOnce)
        {
            return await SurveyAsync(db, numbers, most, cancellationToken);
        }

        await using var scope = scopes.CreateAsyncScope();
        var half = numbers.Length / 2;
        var surveys = await Task.WhenAll(
            SurveyAsync(db, numbers[..half], most, cancellationToken),
            SurveyAsync(scope.ServiceProvider.GetRequiredService<DeliverybotContext>(), numbers[half..], most, cancellationToken));
        return Survey.Of(surveys);
    }

    private async Task<Survey> SurveyAsync(DeliverybotContext context, long[] numbers, int most, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var rows = await context.Database.SqlQuery<NewestRow>(FormattableStringFactory.Create(NewestSql, numbers)).ToListAsync(cancellationToken);
        List<Newest> newest = [.. rows.Select(row => row.Read())];
        var failing = newest.SelectMany(row => new[] { row.Failed, row.Unapproved }).OfType<DeploymentId>().Select(id => id.Value).ToArray();
        var told = await context.Deployments.FromSql(FormattableStringFactory.Create(ToldSql, failing, numbers, most)).AsNoTracking().ToListAsync(cancellationToken);
        RepositoryId[] repositories = [.. numbers.Select(number => new RepositoryId(number))];
        var locks = await context.Locks.AsNoTracking()
            .Where(held => repositories.Contains(held.RepositoryId) && (held.Until == null || held.Until > now))
            .ToListAsync(cancellationToken);
        var lockedOnly = locks.Select(At).Except(newest.Select(row => row.At)).Except(told.Select(At)).ToList();
        return new Survey(newest, told, locks, lockedOnly.Count == 0 ? [] : await PreviewsAsync(context, lockedOnly, cancellationToken));
    }

    /// <param name="survey">What is known already.</param>
    /// <param name="shown">The repositories whose environments are all asked for; of the others those in which something failed, comes or is locked.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>In no order. Where nothing ever succeeded, comes or stands in the way there is none.</returns>
    public async Task<IReadOnlyList<LastingEnvironment>> ReadAsync(Survey survey, IReadOnlySet<RepositoryId> shown, CancellationToken cancellationToken)
    {
        var busy = survey.Told.Select(At).Concat(survey.Locks.Select(At)).ToHashSet();
        var wanted = survey.Newest.Where(newest => shown.Contains(newest.Repository) || busy.Contains(newest.At)).ToDictionary(newest => newest.Id.Value);
        var ids = wanted.Keys.ToArray();
        var rows = ids.Length == 0 ? [] : await db.Database.SqlQuery<LastRow>(FormattableStringFactory.Create(LastSql, ids)).ToListAsync(cancellationToken);
        var places = rows.ToDictionary(row => wanted[row.Id].At, row => (Newest: wanted[row.Id], Place: row.Read()));
        var failed = survey.Told.Where(row => row is { HasFailed: true, AwaitsApproval: false }).ToDictionary(At);
        var left = await LeftAttempts.AmongAsync(
            db,
            places.Select(place => place.Value.Place.Live is { } live && failed.GetValueOrDefault(place.Key) is { } attempt
                ? new FailedBeside(attempt, live.Ref, live.Sha, live.Wished, live.Head)
                : null).OfType<FailedBeside>(),
            cancellationToken);
        return Compose(survey, places, failed.Where(attempt => !left.Contains(attempt.Value.Id)).ToDictionary());
    }

    private static List<LastingEnvironment> Compose(
        Survey survey, Dictionary<Spot, (Newest Newest, Place Place)> places, Dictionary<Spot, Deployment> failed)
    {
        var coming = survey.Told.Where(row => !row.HasFailed).OrderBy(row => row.Id.Value).ToLookup(At);
        var unapproved = survey.Told.Where(row => row is { HasFailed: true, AwaitsApproval: true }).ToDictionary(At);
        var kept = survey.Locks.ToLookup(At);
        var found = new List<LastingEnvironment>(places.Count);
        foreach (var at in places.Keys.Concat(coming.Select(rows => rows.Key)).Concat(kept.Select(held => held.Key)).Distinct())
        {
            var (newest, place) = places.GetValueOrDefault(at);
            IReadOnlyList<Deployment> rows = [.. coming[at]];
            if (place?.IsPreview ?? (rows is [var first, ..] ? first.TransientEnvironment : survey.LockedPreviews.Contains(at)))
            {
                continue;
            }

            var environment = new LastingEnvironment(
                at.Repository,
                at.Environment,
                place?.Live,
                failed.GetValueOrDefault(at),
                rows,
                kept[at].FirstOrDefault(held => held.Kind == LockKind.Lock),
                kept[at].FirstOrDefault(held => held.Kind == LockKind.Hold))
            {
                Unapproved = unapproved.GetValueOrDefault(at),
                Targets = place?.Targets ?? [.. rows.Select(row => row.Target).Distinct()],
                After = place?.After ?? (rows is [.., { TargetDefinition: { } target }] ? TargetJson.Read(target).After : []),
                IsProduction = place?.IsProduction ?? rows.Any(row => row.ProductionEnvironment),
            };

            // What was not approved never began, and is no failure: nothing is live there.
            if (environment.IsInUse || place?.WasThere is true || newest?.State.CameToNothing(newest.AwaitsApproval) is true)
            {
                found.Add(environment);
            }
        }

        return found;
    }

    /// <summary>Which of those that are only locked belong to a pull request: their newest deployment says so.</summary>
    private static async Task<HashSet<Spot>> PreviewsAsync(DeliverybotContext context, List<Spot> spots, CancellationToken cancellationToken)
    {
        var numbers = spots.Select(spot => spot.Repository.Value).ToArray();
        var keys = spots.Select(spot => spot.Environment.Key).ToArray();
        var found = await context.Database
            .SqlQuery<LockedRow>(
                $"""
                select spot.repository_id, newest.environment from unnest({numbers}, {keys}) as spot (repository_id, environment_key) cross join lateral (
                  select environment, transient_environment from deployments
                  where repository_id = spot.repository_id and environment_key = spot.environment_key order by id desc limit 1
                ) newest
                where newest.transient_environment
                """)
            .ToListAsync(cancellationToken);
        return [.. found.Select(spot => new Spot(new RepositoryId(spot.RepositoryId), new EnvironmentName(spot.Environment)))];
    }

    private static Spot At(Deployment row) => new(row.RepositoryId, row.Environment);

    private static Spot At(EnvironmentLock held) => new(held.RepositoryId, held.Environment);

    private static IReadOnlyList<TargetName> AfterOf(string? names) =>
        names is null ? [] : [.. JsonSerializer.Deserialize<string[]>(names)!.Select(name => new TargetName(name))];

    /// <summary>Each environment's newest deployment, what of all that is under way or has failed, and what is locked.</summary>
    internal sealed record Survey(
        IReadOnlyList<Newest> Newest, IReadOnlyList<Deployment> Told, IReadOnlyList<EnvironmentLock> Locks, IReadOnlySet<Spot> LockedPreviews)
    {
        /// <summary>Those that have an environment which belongs to no pull request.</summary>
        public IReadOnlySet<RepositoryId> Repositories { get; } =
            Newest.Select(row => row.Repository).Concat(Told.Where(row => !row.TransientEnvironment).Select(row => row.RepositoryId)).ToHashSet();

        public static Survey Of(IReadOnlyList<Survey> parts) => new(
            [.. parts.SelectMany(part => part.Newest)],
            [.. parts.SelectMany(part => part.Told)],
            [.. parts.SelectMany(part => part.Locks)],
            parts.SelectMany(part => part.LockedPreviews).ToHashSet());
    }

    internal readonly record struct Spot(RepositoryId Repository, EnvironmentName Environment);

    /// <param name="Failed">What failed there, if the last attempt that has ended did.</param>
    internal sealed record Newest(
        RepositoryId Repository, EnvironmentName Environment, DeploymentId Id, DeploymentState State, bool AwaitsApproval, DeploymentId? Failed)
    {
        /// <summary>It itself, where nobody approved it.</summary>
        public DeploymentId? Unapproved { get; init; }

        public Spot At => new(Repository, Environment);
    }
}

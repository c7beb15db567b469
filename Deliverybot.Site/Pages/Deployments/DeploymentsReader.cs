using Deliverybot.Data;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Locks;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Core;
using Deliverybot.Site.Pages.Shared;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Site.Pages.Deployments;

/// <summary>Reads the history of a repository's deployments.</summary>
internal sealed class DeploymentsReader(DeliverybotContext database, Unheard unheard, ForcedPast forced, TakenBack taken, LetGoOn goAheads, TimeProvider time)
{
    public const int PageSize = 30;

    /// <summary>A part of each target that asks for it.</summary>
    private const string NeedingPromotion = $$"""{"required_contexts":["{{Jobs.DeployFile.Target.PromotionContext}}"]}""";

    /// <summary>The newest rows that suggestions are taken from: the whole history can be very long.</summary>
    private const int Lately = 300;

    /// <param name="filter">What they are narrowed down to.</param>
    /// <param name="before">Those older than this one; null for the newest.</param>
    /// <returns>The newest first; one more than fits where there is another page.</returns>
    public async Task<IReadOnlyList<DeploymentLine>> ListAsync(
        RepositoryId repository, DeploymentsFilter filter, DeploymentId? before, CancellationToken cancellationToken)
    {
        var rows = Narrowed(Of(repository), filter, time.GetUtcNow());
        if (before is { } last)
        {
            rows = rows.Where(row => row.Id < last);
        }

        // Without payload and target, which are most of a row and aren't shown here.
        var found = await rows
            .OrderByDescending(row => row.Id)
            .Take(PageSize + 1)
            .Select(row => new
            {
                row.Id,
                row.Target,
                row.Environment,
                row.Ref,
                row.Sha,
                row.Cause,
                row.Act,
                row.Via,
                row.Access,
                row.RequestedBy.Login,
                row.CreatedAt,
                row.State,
                row.AwaitsApproval,
                row.DoesNotCount,
                row.Reason,
                row.Gate,
                row.EndedAt,
                row.Task,
                NeedsPromotion = row.TargetDefinition != null && EF.Functions.JsonContains(row.TargetDefinition, NeedingPromotion),
                row.DeployedAt,
                FirstAt = row.FirstSucceededAt ?? row.SucceededAt,
                row.GoneAt,
                row.Force,
                row.TransientEnvironment,
                row.PullRequest,
                row.TargetDefinition,
                WasThere = row.SucceededAt != null,
                HeardAt = row.StatusAt ?? row.DeployedAt ?? row.UpdatedAt,
            })
            .ToListAsync(cancellationToken);
        var live = await database.LiveAmongAsync([.. found.Where(row => row.State == DeploymentState.Success).Select(row => row.Id)], cancellationToken);
        var past = await forced.AmongAsync(found.Where(row => row.Force && !row.State.IsUndeployed()).Select(row => row.Id), cancellationToken);
        var now = time.GetUtcNow();
        List<DeploymentLine> lines =
        [
            .. found.Select(row =>
            {
                var silentSince = SilentDeployments.Since(row.State, row.AwaitsApproval, row.HeardAt, now);
                return new DeploymentLine(
                    row.Id,
                    row.Target,
                    row.Environment,
                    row.Ref,
                    row.Sha,
                    TriggerChoice.Tell(new DeploymentOrigin(row.Cause, row.Act, row.Via, row.Access), row.State, row.Force, row.Login, past.GetValueOrDefault(row.Id)),
                    row.CreatedAt,
                    row.DeployedAt,
                    StateView.Of(row.State, row.AwaitsApproval, row.DoesNotCount is null, live.Contains(row.Id), row.WasThere, silentSince is not null),
                    row.DoesNotCount
                        ?? (row.State == DeploymentState.Success ? null : StateWords.Why(row.State, row.AwaitsApproval, row.Gate, row.Reason, row.EndedAt, silentSince)),
                    row.TransientEnvironment,
                    row.NeedsPromotion && !row.Force,
                    Figures.Took(row.DeployedAt, row.FirstAt ?? row.EndedAt),
                    NextView.MayBeAgain(row.State)
                        ? AgainView.Of(
                            row.Target, row.Sha, row.Ref, row.Task, row.PullRequest, row.TransientEnvironment, row.Act == DeploymentAct.Rollback, row.TargetDefinition)
                        : null,
                    BackView.Of(
                        row.Id, row.Target, row.State, live.Contains(row.Id), row.WasThere, row.TransientEnvironment || row.GoneAt is not null, row.DoesNotCount is null));
            }),
        ];
        return await WithoutClosedAsync(repository, lines, cancellationToken);
    }

    /// <summary>What belongs to a pull request that is over is deployed no more.</summary>
    private async Task<IReadOnlyList<DeploymentLine>> WithoutClosedAsync(RepositoryId repository, List<DeploymentLine> lines, CancellationToken cancellationToken)
    {
        var numbers = lines.Select(line => line.Again?.PullRequest).OfType<PullRequestNumber>().Distinct().ToList();
        if (numbers is [])
        {
            return lines;
        }

        var closed = await database.ClosedPullRequests.AsNoTracking()
            .Where(row => row.RepositoryId == repository && numbers.Contains(row.PullRequest))
            .Select(row => row.PullRequest)
            .ToListAsync(cancellationToken);
        return lines.ConvertAll(line => line.Again?.PullRequest is { } number && closed.Contains(number) ? line with { Again = null } : line);
    }

    public async Task<DeploymentsSuggestions> SuggestAsync(RepositoryId repository, CancellationToken cancellationToken)
    {
        var rows = await Of(repository)
            .OrderByDescending(row => row.Id)
            .Take(Lately)
            .Select(row => new { row.Environment, row.Target, row.RequestedBy.Login })
            .ToListAsync(cancellationToken);
        return new DeploymentsSuggestions(
            [.. rows.Select(row => row.Environment).Distinct().OrderBy(name => name.Key, NaturalNames.Comparer)],
            [.. rows.Select(row => row.Target).Where(name => name.Value.Length > 0).Distinct().OrderBy(name => name.Value, NaturalNames.Comparer)],
            [.. rows.Select(row => row.Login).Distinct().OrderBy(login => login.Value, StringComparer.OrdinalIgnoreCase)]);
    }

    /// <returns>Null if the repository has no such deployment.</returns>
    public async Task<DeploymentStory?> FindAsync(RepositoryId repository, DeploymentId id, CancellationToken cancellationToken)
    {
        var row = await Of(repository)
            .Include(row => row.Steps)
            .Include(row => row.Evaluations)
            .AsSplitQuery()
            .SingleOrDefaultAsync(row => row.Id == id, cancellationToken);
        if (row is null)
        {
            return null;
        }

        var live = await database.LiveAmongAsync([id], cancellationToken);
        var now = time.GetUtcNow();
        var decisions = row.Evaluations.OrderByDescending(evaluation => evaluation.Id).ToList();
        return new DeploymentStory(
            row,
            StateView.Of(row, live.Contains(id), now),
            [.. StepOrder.Of(row.Steps).Reverse()],
            decisions.FirstOrDefault(),
            [.. decisions.Skip(1)],
            StateWords.Why(row, now),
            row.SilentSince(now),
            row.RollbackTo is { } back ? await Of(repository).SingleOrDefaultAsync(earlier => earlier.Id == back, cancellationToken) : null,
            (await unheard.AmongAsync(repository, [row], cancellationToken)).Count > 0,
            live.Contains(id) ? null : await taken.ByAsync(row, cancellationToken),
            NextView.Of(row, now),
            await AgainAsync(row, now, cancellationToken),
            [.. (await goAheads.AmongAsync(repository, [row], cancellationToken))[id]]);
    }

    /// <summary>Who keeps which environment as it is, by its key.</summary>
    public Task<Dictionary<string, EnvironmentLock>> LocksAsync(RepositoryId repository, CancellationToken cancellationToken) =>
        database.Locks.AsNoTracking().Where(held => held.RepositoryId == repository && held.Kind == LockKind.Lock).ToDictionaryAsync(held => held.EnvironmentKey, cancellationToken);

    /// <returns>Whether one of them is in its environment, or of its commit.</returns>
    public Task<bool> IsConcernedAsync(
        RepositoryId repository, DeploymentId id, IReadOnlyCollection<DeploymentId> changed, CancellationToken cancellationToken)
    {
        var others = Of(repository).Where(other => changed.Contains(other.Id));
        return Of(repository).AnyAsync(
            row => row.Id == id && others.Any(other => other.EnvironmentKey == row.EnvironmentKey || other.Sha == row.Sha), cancellationToken);
    }

    /// <returns>What a person has wished last of the same, after this one had come to nothing good; null where nobody has.</returns>
    private async Task<LaterAttempt?> AgainAsync(Deployment row, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (!row.HasFailed && !row.State.IsUndeployed() && row.SilentSince(now) is null)
        {
            return null;
        }

        var later = await Of(row.RepositoryId)
            .Where(other => other.Sha == row.Sha && other.Id > row.Id && other.Target == row.Target && other.EnvironmentKey == row.EnvironmentKey)
            .Where(other => other.Cause == DeploymentCause.Person && other.Act == DeploymentAct.Deploy)
            .OrderByDescending(other => other.Id)
            .FirstOrDefaultAsync(cancellationToken);
        return later is null ? null : new LaterAttempt(
            later.Id, later.RequestedBy.Login, later.CreatedAt, StateView.Of(later, (await database.LiveAmongAsync([later.Id], cancellationToken)).Count > 0, now));
    }

    private static IQueryable<Deployment> Narrowed(IQueryable<Deployment> rows, DeploymentsFilter filter, DateTimeOffset now)
    {
        if (filter.EnvironmentName is { Key: var environment })
        {
            rows = rows.Where(row => row.EnvironmentKey == environment);
        }

        if (filter.TargetName is { } target)
        {
            rows = rows.Where(row => row.Target == target);
        }

        if (filter.StateChoice is { } choice)
        {
            rows = choice.In(rows, now);
        }

        if (filter.Login is { Value: var login })
        {
            var name = LikePattern.Exactly(login);
            rows = rows.Where(row => EF.Functions.ILike((string)(object)row.RequestedBy.Login, name, LikePattern.Escape));
        }

        return filter.TriggerChoice is { } trigger ? trigger.In(rows) : rows;
    }

    private IQueryable<Deployment> Of(RepositoryId repository) =>
        database.Deployments.AsNoTracking().Where(row => row.RepositoryId == repository);
}

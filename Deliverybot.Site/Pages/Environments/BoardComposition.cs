using Deliverybot.Data.Deploying;
using Deliverybot.Data.Locks;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Core;
using Deliverybot.Jobs.DeployFile;
using Deliverybot.Jobs.Gates;
using Deliverybot.Jobs.GitHub.GraphQl;
using Deliverybot.Site.Pages.Deployments;
using Deliverybot.Site.Pages.Shared;

namespace Deliverybot.Site.Pages.Environments;

/// <summary>Makes the rows of the board out of what was read.</summary>
internal sealed class BoardComposition(
    IReadOnlyList<Standing> found,
    DeployFileState deployFile,
    EnvironmentCommits commits,
    IReadOnlyDictionary<DeploymentId, PlacedCommit> places,
    IReadOnlySet<DeploymentId> unheard,
    IReadOnlyDictionary<DeploymentId, Sentence> past,
    IReadOnlyDictionary<DeploymentId, TargetName> failedEarlier,
    GitHubUser by,
    DateTimeOffset now)
{
    private readonly ILookup<EnvironmentName, Target> planned = PlannedIn(deployFile);
    private readonly AgainOffer offer = new(deployFile, by, now);
    private readonly EnvironmentOrder order = EnvironmentOrder.Of(deployFile is DeployFileState.Valid valid ? valid.Targets : null, found);
    private readonly Dictionary<EnvironmentName, Standing> standings = found.ToDictionary(standing => standing.Environment);

    /// <summary>By our own rows alone: GitHub is asked only for what of them is shown.</summary>
    public BoardComposition(IReadOnlyList<Standing> found, DeployFileState deployFile, GitHubUser by, DateTimeOffset now)
        : this(found, deployFile, EnvironmentCommits.None, new Dictionary<DeploymentId, PlacedCommit>(), new HashSet<DeploymentId>(), new Dictionary<DeploymentId, Sentence>(), new Dictionary<DeploymentId, TargetName>(), by, now)
    {
    }

    /// <returns>In the one order of environments, previews at the end.</returns>
    public IReadOnlyList<EnvironmentRow> Compose()
    {
        var rows = planned.Select(targets => targets.Key).Union(standings.Keys).Order(order).Select(RowOf).ToList();
        return [.. rows.Where(row => !row.IsPreview), .. rows.Where(row => row.IsPreview)];
    }

    public EnvironmentRow RowOf(EnvironmentName environment)
    {
        var targets = planned[environment].ToList();
        var standing = standings.GetValueOrDefault(environment) ?? new Standing(environment, Last: null, [], Lock: null, Hold: null, Newest: null);
        var (last, live, coming) = (standing.Last, standing.Live, standing.Coming);
        return new EnvironmentRow
        {
            Environment = environment,
            Targets = [.. targets.Select(target => target.Name)],
            Before = [.. order.Before(environment).Where(before => standings.GetValueOrDefault(before)?.Live is not null).Order(order)],
            IsForsaken = targets.Count == 0 && IsForsaken(standing.Newest ?? last),
            IsPreview = targets.Count > 0
                ? targets.All(target => target.TransientEnvironment)
                : (last ?? (coming is [var first, ..] ? first : null) ?? standing.Newest) is { TransientEnvironment: true },
            Closed = [.. Closure.Of(targets, environment, now).Select(closed => new ClosedView(closed.IsFreeze, closed.Sentence.ToString(), closed.Opens))],
            Live = live is null ? null : LiveOf(live),
            Failed = standing.Failed is { } failed ? WayOf(failed) : null,
            Unapproved = standing.Unapproved is { } unapproved ? WayOf(unapproved) : null,
            OnItsWay = [.. coming.Where(row => row.State.IsActive()).Select(WayOf)],
            Waiting = [.. coming.Where(row => row.State == DeploymentState.Waiting).Select(WayOf)],
            Lock = HeldOf(standing.Lock),
            Hold = HeldOf(standing.Hold),
            RollbackPlace = last is null or { State: DeploymentState.Inactive } ? null : targets is [var only] ? only.Name.Value : environment.Value,
        };
    }

    /// <summary>What others deploy was never the file's matter; where a target's environment is a template, nobody knows whether it is this one.</summary>
    private bool IsForsaken(Deployment? row) =>
        deployFile is DeployFileState.Valid { Targets: var targets } && row is { Target.Value.Length: > 0, TransientEnvironment: false }
            && targets.Find(row.Target) is not { Environment.IsPlain: false };

    private static ILookup<EnvironmentName, Target> PlannedIn(DeployFileState deployFile) =>
        (deployFile is DeployFileState.Valid valid ? valid.Targets.All : [])
        .Where(target => target.Environment.IsPlain)
        .ToLookup(target => new EnvironmentName(target.Environment.Text));

    private LiveView LiveOf(Deployment live)
    {
        var place = places.GetValueOrDefault(live.Id);
        return new LiveView(
            live.Id,
            live.Sha,
            HeadlineOf(live.Sha),
            TriggerChoice.Tell(live.Origin, live.State, live.Force, live.RequestedBy.Login, past.GetValueOrDefault(live.Id)),
            live.SucceededAt ?? live.UpdatedAt,
            SafeUrl.Of(live.EnvironmentUrl),
            // A rollback may have been asked for in a pull request that has nothing to do with the commit.
            live.IsRollback() && !live.TransientEnvironment ? null : live.PullRequest,
            place?.Branch,
            place is null ? null : commits.Distances.GetValueOrDefault(place)?.Behind);
    }

    private WayView WayOf(Deployment row) => new(
        row.Id,
        row.Sha,
        row.Ref,
        HeadlineOf(row.Sha),
        StateWords.By(row.RequestedBy.Login, row.Force, past.GetValueOrDefault(row.Id), StateWords.OfRollback(row)),
        StateView.Of(row, isLive: false, now),
        StateWords.Why(row, now),
        row.EndedAt ?? row.DeployedAt ?? row.CreatedAt,
        MayCancel: row.State == DeploymentState.Waiting,
        AwaitsPromotion: row.AwaitsPromotion(),
        row.AwaitsApproval,
        SafeUrl.Of(row.LogUrl),
        IsUnheard: unheard.Contains(row.Id),
        row.SilentSince(now),
        MayFail: row.MayBeMarkedFailed(now),
        offer.Judge(AgainView.Of(row), row.Environment, standings.GetValueOrDefault(row.Environment)?.Lock),
        offer.Judge(AgainView.At(failedEarlier.TryGetValue(row.Id, out var at) ? at : null, row), row.Environment, held: null));

    private string? HeadlineOf(CommitSha sha) => commits.Told.GetValueOrDefault(sha)?.Headline;

    private static HeldView? HeldOf(EnvironmentLock? kept) =>
        kept is { } held
            ? new HeldView(held.Kind == LockKind.Hold, held.Holder.Login, held.Reason, held.Since, held.Until, held.PullRequest, held.EndsAfter)
            : null;
}

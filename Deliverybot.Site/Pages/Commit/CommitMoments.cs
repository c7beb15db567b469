using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.DeployFile;
using Deliverybot.Site.Pages.Deployments;
using Deliverybot.Site.Pages.Shared;

namespace Deliverybot.Site.Pages.Commit;

/// <summary>
/// Makes a line of a commit's timeline of each thing that happened to a deployment, in the order of cause, then of time. Times alone
/// would not do: GitHub tells its own in whole seconds, and by its own clock, so that an effect may seem to come before its cause.
/// </summary>
internal sealed class CommitMoments
{
    /// <summary>By so much GitHub's clock and ours may differ.</summary>
    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(5);

    private readonly IReadOnlyList<Deployment> _rows;
    private readonly IReadOnlyDictionary<DeploymentId, Deployment> _taken;
    private readonly ILookup<DeploymentId, GoAhead> _goAheads;
    private readonly Dictionary<DeploymentId, List<Placed>> _placed = [];
    private int _next;

    private CommitMoments(IReadOnlyList<Deployment> rows, IReadOnlyDictionary<DeploymentId, Deployment> taken, ILookup<DeploymentId, GoAhead> goAheads) =>
        (_rows, _taken, _goAheads) = (rows, taken, goAheads);

    /// <param name="rows">All deployments of one commit, with their steps.</param>
    /// <param name="taken">The rollbacks that took some of them away.</param>
    /// <param name="goAheads">Who let them go on.</param>
    /// <returns>The newest first.</returns>
    public static IReadOnlyList<CommitMoment> Of(
        IEnumerable<Deployment> rows, IReadOnlyDictionary<DeploymentId, Deployment> taken, ILookup<DeploymentId, GoAhead> goAheads)
    {
        var all = new CommitMoments([.. rows.OrderBy(row => row.Id.Value)], taken, goAheads);
        return
        [
            .. all._rows.SelectMany(all.PlacedOf)
                .OrderByDescending(placed => placed.NotBefore).ThenByDescending(placed => placed.Number)
                .Select(placed => placed.Moment),
        ];
    }

    /// <summary>A deployment's moments, each not before the one that led to it.</summary>
    private List<Placed> PlacedOf(Deployment row)
    {
        if (_placed.TryGetValue(row.Id, out var known))
        {
            return known;
        }

        var placed = _placed[row.Id] = [];
        var (effect, cause) = (row.Cause is DeploymentCause.Pipeline ? 0 : 1, CauseOf(row));
        var notBefore = DateTimeOffset.MinValue;
        foreach (var (moment, state) in MomentsOf(row, _taken, _goAheads))
        {
            notBefore = Later(Later(notBefore, moment.At), placed.Count == effect && cause is { } at ? at : DateTimeOffset.MinValue);
            placed.Add(new Placed(moment, state, notBefore, _next++));
        }

        return placed;
    }

    /// <summary>The success at an earlier target that let it go out; null where nothing had to, or none is known.</summary>
    private DateTimeOffset? CauseOf(Deployment row)
    {
        if (row is { Force: true } or { Act: DeploymentAct.Rollback } or { TargetDefinition: null })
        {
            return null;
        }

        var start = (row.Cause is DeploymentCause.Pipeline ? row.CreatedAt : row.DeployedAt ?? row.CreatedAt) + Skew;
        var causes = TargetJson.Read(row.TargetDefinition).After
            .Select(earlier => _rows.Where(other => other.Target == earlier && other.Id != row.Id)
                .SelectMany(PlacedOf)
                .Where(placed => placed.State is DeploymentState.Success && placed.Moment.At <= start)
                .Select(placed => (DateTimeOffset?)placed.NotBefore)
                .Max());
        return causes.Max();
    }

    private static IEnumerable<(CommitMoment Moment, DeploymentState? State)> MomentsOf(
        Deployment row, IReadOnlyDictionary<DeploymentId, Deployment> taken, ILookup<DeploymentId, GoAhead> goAheads)
    {
        yield return (
            new CommitMoment(
                row.CreatedAt,
                new StateView(Tone.Plain, "plus-lg", "wished"),
                TriggerChoice.Tell(row),
                row.Environment,
                row.Id,
                Detail: null),
            null);
        foreach (var act in goAheads[row.Id])
        {
            yield return (new CommitMoment(act.At, act.Look, act.Look.Label, row.Environment, row.Id, act.Detail), null);
        }

        foreach (var step in StepOrder.Of(row.Steps))
        {
            var look = StateView.Of(step, row);
            yield return (new CommitMoment(step.At, look, look.Label, row.Environment, row.Id, StepWords.Of(step, row)), step.State);
        }

        foreach (var end in TimelineEnd.Of(row, taken.GetValueOrDefault(row.Id)))
        {
            yield return (new CommitMoment(end.At, end.Look, end.What, row.Environment, end.LeadsTo ?? row.Id, end.Detail), end.LeadsTo is null ? row.State : null);
        }
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    /// <param name="NotBefore">Its time, or that of what led to it, if that is later.</param>
    /// <param name="Number">Of two at one time, what led to the other has the lower.</param>
    private sealed record Placed(CommitMoment Moment, DeploymentState? State, DateTimeOffset NotBefore, int Number);
}

using Deliverybot.Data.Deploying;
using Deliverybot.Site.Pages.Deployments;
using Deliverybot.Site.Pages.Shared;

namespace Deliverybot.Site.Pages.Commit;

/// <summary>Makes a line of a commit's timeline of each thing that happened to a deployment.</summary>
internal static class CommitMoments
{
    public static IEnumerable<CommitMoment> Of(Deployment row)
    {
        yield return new CommitMoment(
            row.CreatedAt,
            new StateView(Tone.Plain, "plus-lg", "wished"),
            $"{TriggerChoice.Of(row.Origin).Told} by {row.RequestedBy}",
            row.Environment,
            row.Id,
            Detail: null);
        foreach (var step in row.Steps)
        {
            var look = StateView.Of(step);
            yield return new CommitMoment(
                step.At,
                look,
                look.Label,
                row.Environment,
                row.Id,
                step.Description);
        }

        if (row.State.IsUndeployed() && row.EndedAt is { } ended)
        {
            var look = StateView.Of(row, isLive: false);
            yield return new CommitMoment(ended, look, look.Label, row.Environment, row.Id, row.Reason);
        }
    }
}

using Deliverybot.Jobs.DeployFile;
using Deliverybot.Jobs.GitHub.GraphQl;
using Deliverybot.Site.Pages.Shared;

namespace Deliverybot.Site.Pages.Branch;

/// <summary>Says what can be done with each commit of a page.</summary>
internal static class DeployForms
{
    public static DeployFormView Of(BranchView view, DeployTargets targets, CommitRow row, string returnUrl) => new(
        view.Access.Name,
        row.Commit.Sha,
        view.Shown!.Value,
        [.. targets.All.Select(target => target.Name)],
        targets.All.Any(target => target.NeedsPromotion)
            && !row.Commit.Checks.Any(check => check is { Name: Target.PromotionContext, State: CombinedState.Success }),
        [
            .. row.Placements.Badges
                .Where(badge => badge.State.Tone == Tone.Good)
                .Select(badge => new RollbackChoice(badge.Environment, PlaceOf(badge.Environment, targets))),
        ],
        returnUrl);

    private static string PlaceOf(EnvironmentName environment, DeployTargets targets) =>
        targets.All.Where(target => target.Environment.IsPlain && new EnvironmentName(target.Environment.Text) == environment).ToList() is [var only]
            ? only.Name.Value
            : environment.Value;
}

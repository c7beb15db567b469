using Deliverybot.Data.Deploying;

namespace Deliverybot.Site.Pages.Deployments;

/// <summary>A group of states to narrow the history down to.</summary>
/// <param name="States">Those of which all belong to it.</param>
/// <param name="AwaitsApproval">Only those that GitHub lets wait, or did to their end, or only the others; null: both.</param>
/// <param name="TakenDown">Of what was made inactive, whether that is here which had been there, or that which never was; null: neither.</param>
/// <param name="Silent">Only those of which nothing has been heard for too long, or only the others; null: both.</param>
internal sealed record StateChoice(
    string Value, string Label, IReadOnlyList<DeploymentState> States, bool? AwaitsApproval = null, bool? TakenDown = null, bool? Silent = null)
{
    public static IReadOnlyList<StateChoice> All { get; } =
    [
        new("waiting", "Waiting", [DeploymentState.Waiting]),
        new("awaits-approval", "Waits for approval", [DeploymentState.Pending], AwaitsApproval: true, Silent: false),
        new("under-way", "Under way", DeploymentStates.Active, Silent: false),
        new("silent", "Silent", DeploymentStates.Active, Silent: true),
        new("succeeded", "Succeeded", [DeploymentState.Success], TakenDown: true),
        new("failed", "Failed", [DeploymentState.Failure, DeploymentState.Error], AwaitsApproval: false),
        new("not-approved", "Not approved", [DeploymentState.Failure, DeploymentState.Error], AwaitsApproval: true),
        new("not-deployed", "Not deployed", [DeploymentState.Denied, DeploymentState.Superseded, DeploymentState.Cancelled], TakenDown: false),
    ];

    public IQueryable<Deployment> In(IQueryable<Deployment> rows, DateTimeOffset now)
    {
        var states = States;
        // What doesn't count has no time of success.
        var found = TakenDown switch
        {
            null => rows.Where(row => states.Contains(row.State)),
            true => rows.Where(row => states.Contains(row.State) || (row.State == DeploymentState.Inactive && (row.SucceededAt != null || row.DoesNotCount != null))),
            false => rows.Where(row => states.Contains(row.State) || (row.State == DeploymentState.Inactive && row.SucceededAt == null && row.DoesNotCount == null)),
        };
        found = AwaitsApproval is { } awaits ? found.Where(row => row.AwaitsApproval == awaits) : found;
        return Silent is { } silent ? found.Where(SilentDeployments.Rows(now, silent)) : found;
    }

    public static StateChoice? Find(string? value) =>
        All.FirstOrDefault(choice => string.Equals(choice.Value, value, StringComparison.OrdinalIgnoreCase));
}

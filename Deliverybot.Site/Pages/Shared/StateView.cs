using Deliverybot.Data.Deploying;

namespace Deliverybot.Site.Pages.Shared;

/// <summary>How a deployment's state looks and reads.</summary>
/// <param name="Icon">The name of its icon.</param>
/// <param name="Label">The state in a word or two.</param>
/// <param name="Turns">Whether the icon turns: something is going on.</param>
internal sealed record StateView(Tone Tone, string Icon, string Label, bool Turns = false)
{
    public string Css => $"tone-{Tone.ToString().ToLowerInvariant()}";

    /// <summary>What it says of its environment, if it is the newest there; null where the environment has seen nothing of it.</summary>
    public PageState? Page { get; init; }

    public string TextCss => $"text-{Tone.ToString().ToLowerInvariant()}";

    /// <param name="isLive">Whether it is the one that its environment runs.</param>
    public static StateView Of(Deployment deployment, bool isLive) =>
        Of(deployment.State, deployment.AwaitsApproval, deployment.DoesNotCount is null, isLive);

    /// <summary>A moment of its story.</summary>
    public static StateView Of(DeploymentStep step) =>
        step.State is DeploymentState.Success ? Succeeded with { Tone = Tone.Good } : LookOf(step.State, step.AwaitsApproval, isLive: true);

    /// <param name="awaitsApproval">Whether GitHub lets its job wait.</param>
    /// <param name="counts">Whether its environment has seen anything of it.</param>
    /// <param name="isLive">Whether it is the one that its environment runs.</param>
    public static StateView Of(DeploymentState state, bool awaitsApproval, bool counts, bool isLive) => (state, counts) switch
    {
        (DeploymentState.Success, false) => Succeeded,
        (_, false) => LookOf(state, awaitsApproval, isLive: false),
        _ => LookOf(state, awaitsApproval, isLive) with { Page = PageOf(state, awaitsApproval, isLive) },
    };

    private static StateView Succeeded { get; } = new(Tone.Plain, "check-circle-fill", "succeeded");

    private static PageState? PageOf(DeploymentState state, bool awaitsApproval, bool isLive) => state switch
    {
        // It never began, and what runs there still does.
        DeploymentState.Failure or DeploymentState.Error when awaitsApproval => null,
        DeploymentState.Failure or DeploymentState.Error => PageState.Failing,
        DeploymentState.Creating or DeploymentState.Pending or DeploymentState.InProgress => PageState.Busy,
        DeploymentState.Success => isLive ? PageState.Live : PageState.Quiet,
        DeploymentState.Inactive => PageState.Quiet,
        _ => null,
    };

    private static StateView LookOf(DeploymentState state, bool awaitsApproval, bool isLive) => state switch
    {
        DeploymentState.Pending when awaitsApproval => new(Tone.Wait, "hourglass-split", "waits for approval at GitHub"),
        DeploymentState.Failure or DeploymentState.Error when awaitsApproval => new(Tone.Bad, "slash-circle", "not approved"),
        DeploymentState.Waiting => new(Tone.Wait, "hourglass-split", "waiting"),
        DeploymentState.Creating => new(Tone.Busy, "arrow-repeat", "starting", Turns: true),
        DeploymentState.Pending => new(Tone.Busy, "clock", "pending"),
        DeploymentState.InProgress => new(Tone.Busy, "arrow-repeat", "deploying", Turns: true),
        DeploymentState.Success when isLive => new(Tone.Good, "check-circle-fill", "live"),
        DeploymentState.Success => new(Tone.Plain, "clock-history", "previous"),
        DeploymentState.Inactive => new(Tone.Plain, "clock-history", "previous"),
        DeploymentState.Failure => new(Tone.Bad, "x-circle-fill", "failed"),
        DeploymentState.Error => new(Tone.Bad, "exclamation-triangle-fill", "error"),
        DeploymentState.Superseded => new(Tone.Plain, "layers", "superseded"),
        DeploymentState.Denied => new(Tone.Bad, "slash-circle", "denied"),
        DeploymentState.Cancelled => new(Tone.Plain, "slash-circle", "cancelled"),
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "No such state."),
    };
}

using Deliverybot.Data.Deploying;
using Deliverybot.Jobs.Core;

namespace Deliverybot.Site.Pages.Shared;

/// <summary>How a deployment's state looks and reads.</summary>
/// <param name="Icon">The name of its icon.</param>
/// <param name="Label">The state in a word or two.</param>
/// <param name="Turns">Whether the icon turns: something is going on.</param>
internal sealed record StateView(Tone Tone, string Icon, string Label, bool Turns = false)
{
    public string Css => $"tone-{Tone.ToString().ToLowerInvariant()}";

    /// <summary>What it says of its environment, if it is the newest there; null where the environment has seen nothing of it, or nobody knows.</summary>
    public PageState? Page { get; init; }

    public string TextCss => $"text-{Tone.ToString().ToLowerInvariant()}";

    /// <param name="isLive">Whether it is the one that its environment runs.</param>
    /// <param name="now">Of one that is under way it says whether that is silent.</param>
    public static StateView Of(Deployment deployment, bool isLive, DateTimeOffset now) => Of(
        deployment.State,
        deployment.AwaitsApproval,
        deployment.DoesNotCount is null,
        isLive,
        deployment.SucceededAt is not null,
        deployment.SilentSince(now) is not null);

    /// <summary>A moment of its story. What failed in the end without having been approved did so then, too, and never began.</summary>
    public static StateView Of(DeploymentStep step, Deployment of) => step.State switch
    {
        DeploymentState.Success => Succeeded with { Tone = Tone.Good },
        DeploymentState.Failure or DeploymentState.Error => LookOf(step.State, of.State.CameToNothing(of.AwaitsApproval), isSilent: false, isLive: true, wasThere: false),
        _ => LookOf(step.State, step.AwaitsApproval, isSilent: false, isLive: true, wasThere: false),
    };

    /// <param name="awaitsApproval">Whether GitHub lets its job wait.</param>
    /// <param name="counts">Whether its environment has seen anything of it.</param>
    /// <param name="isLive">Whether it is the one that its environment runs.</param>
    /// <param name="wasThere">Whether it has ever succeeded.</param>
    /// <param name="isSilent">Whether it is under way, and nobody counts on it any more.</param>
    public static StateView Of(DeploymentState state, bool awaitsApproval, bool counts, bool isLive, bool wasThere, bool isSilent = false) => (state, counts) switch
    {
        (DeploymentState.Success, false) => Succeeded,
        (_, false) => LookOf(state, awaitsApproval, isSilent, isLive: false, wasThere: true),
        _ => LookOf(state, awaitsApproval, isSilent, isLive, wasThere) with { Page = isSilent ? null : PageOf(state, awaitsApproval, isLive) },
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

    private static StateView LookOf(DeploymentState state, bool awaitsApproval, bool isSilent, bool isLive, bool wasThere)
    {
        var label = StateWords.Label(state, awaitsApproval, isSilent, isLive, wasThere);
        if (isSilent)
        {
            return new StateView(Tone.Wait, "question-circle", label);
        }

        var (tone, icon) = (state, awaitsApproval) switch
        {
            (DeploymentState.Pending, true) => (Tone.Wait, "hourglass-split"),
            (DeploymentState.Failure or DeploymentState.Error, true) => (Tone.Bad, "slash-circle"),
            (DeploymentState.Waiting, _) => (Tone.Wait, "hourglass-split"),
            (DeploymentState.Creating or DeploymentState.InProgress, _) => (Tone.Busy, "arrow-repeat"),
            (DeploymentState.Pending, _) => (Tone.Busy, "clock"),
            (DeploymentState.Success, _) when isLive => (Tone.Good, "check-circle-fill"),
            (DeploymentState.Success or DeploymentState.Inactive, _) => (Tone.Plain, "clock-history"),
            (DeploymentState.Failure, _) => (Tone.Bad, "x-circle-fill"),
            (DeploymentState.Error, _) => (Tone.Bad, "exclamation-triangle-fill"),
            (DeploymentState.Superseded, _) => (Tone.Plain, "layers"),
            (DeploymentState.Denied, _) => (Tone.Bad, "slash-circle"),
            (DeploymentState.Cancelled, _) => (Tone.Plain, "slash-circle"),
        };
        return new StateView(tone, icon, label, Turns: state is DeploymentState.Creating or DeploymentState.InProgress);
    }
}

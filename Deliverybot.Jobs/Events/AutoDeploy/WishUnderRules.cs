using Deliverybot.Data.Deploying;
using Deliverybot.Jobs.DeployFile;

namespace Deliverybot.Jobs.Events.AutoDeploy;

/// <summary>How a wish stands to a target as it is written now.</summary>
internal static class WishUnderRules
{
    /// <summary>Whether the target would wish for it today.</summary>
    public static bool StillWants(this Target target, Deployment wish) => wish.Cause switch
    {
        DeploymentCause.PullRequest => target.DeploysOnPullRequest,
        DeploymentCause.Release => target.DeploysOnRelease,
        DeploymentCause.Push => wish.Ref is { } pushed && target.DeploysOn(pushed),
        _ => target is { AutoDeployOn: [_, ..], After: [_, ..] },
    };

    /// <summary>What made the wish, as people say it.</summary>
    public static string Occasion(this Deployment wish) => wish.Cause switch
    {
        DeploymentCause.PullRequest => "pull requests",
        DeploymentCause.Release => "releases",
        DeploymentCause.Push => $"{wish.Ref?.ShortName}",
        _ => "other targets' success",
    };
}

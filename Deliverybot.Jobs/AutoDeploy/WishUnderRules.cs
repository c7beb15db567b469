using Deliverybot.Data.Deploying;
using Deliverybot.Jobs.DeployFile;
using Deliverybot.Jobs.DeployFile.Json;
using Deliverybot.Jobs.Deploying;

namespace Deliverybot.Jobs.AutoDeploy;

/// <summary>How a wish stands to a target as it is written now.</summary>
internal static class WishUnderRules
{
    /// <summary>Whether the target would wish for it today.</summary>
    public static bool StillWants(this Target target, Deployment wish) => wish.Trigger switch
    {
        DeploymentTrigger.PullRequest => target.DeploysOnPullRequest,
        DeploymentTrigger.Release => target.DeploysOnRelease,
        DeploymentTrigger.Push => wish.Ref is { } pushed && target.DeploysOn(pushed),
        _ => target is { AutoDeployOn: [_, ..], After: [_, ..] },
    };

    /// <summary>What made the wish, as people say it.</summary>
    public static string Occasion(this Deployment wish) => wish.Trigger switch
    {
        DeploymentTrigger.PullRequest => "pull requests",
        DeploymentTrigger.Release => "releases",
        DeploymentTrigger.Push => $"{wish.Ref?.ShortName}",
        _ => "other targets' success",
    };

    public static void Come(this Deployment wish, Target under, RenderedWish.Whole rendered)
    {
        wish.TargetDefinition = TargetJson.Write(under);
        wish.Environment = rendered.Environment;
        wish.Description = rendered.Description;
        wish.Payload = rendered.Payload;
        wish.Task = under.Task;
        wish.ProductionEnvironment = under.IsProduction(rendered.Environment);
        wish.TransientEnvironment = under.TransientEnvironment;
    }
}

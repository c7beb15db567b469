using Deliverybot.Data.Deploying;

namespace Deliverybot.Site.Pages.Deployments;

/// <summary>What set a deployment off, as the beginning of "… by octocat".</summary>
internal static class TriggerText
{
    public static string Of(DeploymentTrigger trigger) => trigger switch
    {
        DeploymentTrigger.Push => "pushed",
        DeploymentTrigger.PullRequest => "pull request",
        DeploymentTrigger.Release => "released",
        DeploymentTrigger.Comment => "commanded",
        DeploymentTrigger.Web => "deployed",
        DeploymentTrigger.Slack => "deployed from Slack",
        DeploymentTrigger.Rollback => "rolled back",
        DeploymentTrigger.Pipeline => "passed on",
        DeploymentTrigger.External => "made at GitHub",
        _ => throw new ArgumentOutOfRangeException(nameof(trigger), trigger, "No such trigger."),
    };

    /// <summary>The same as a name by itself.</summary>
    public static string Name(DeploymentTrigger trigger) => trigger switch
    {
        DeploymentTrigger.Push => "Push",
        DeploymentTrigger.PullRequest => "Pull request",
        DeploymentTrigger.Release => "Release",
        DeploymentTrigger.Comment => "Command in a pull request",
        DeploymentTrigger.Web => "These pages",
        DeploymentTrigger.Slack => "Slack",
        DeploymentTrigger.Rollback => "Rollback",
        DeploymentTrigger.Pipeline => "Earlier target",
        DeploymentTrigger.External => "Somebody else’s",
        _ => throw new ArgumentOutOfRangeException(nameof(trigger), trigger, "No such trigger."),
    };
}

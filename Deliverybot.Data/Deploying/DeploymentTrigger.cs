namespace Deliverybot.Data.Deploying;

/// <summary>What made somebody or something wish for the deployment.</summary>
public enum DeploymentTrigger
{
    Push,
    PullRequest,
    Release,

    /// <summary>A command in a pull request.</summary>
    Comment,
    Web,
    Slack,
    Rollback,

    /// <summary>The targets named by <c>after</c> have succeeded.</summary>
    Pipeline,

    /// <summary>Made at GitHub by somebody else; recorded from its webhook.</summary>
    External,
}

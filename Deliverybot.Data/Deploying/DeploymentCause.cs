namespace Deliverybot.Data.Deploying;

/// <summary>Why there is a wish.</summary>
public enum DeploymentCause
{
    Push,
    PullRequest,
    Release,

    /// <summary>The targets named by <c>after</c> have succeeded.</summary>
    Pipeline,

    /// <summary>A person asked for it.</summary>
    Person,

    /// <summary>Made at GitHub by somebody else; recorded from its webhook.</summary>
    External,
}

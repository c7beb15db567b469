namespace Deliverybot.Data.Deploying;

/// <summary>How the wish came in.</summary>
public enum DeploymentVia
{
    /// <summary>GitHub told of something that happened.</summary>
    Event,

    /// <summary>Our own pages.</summary>
    Web,
    Slack,

    /// <summary>A command in a pull request.</summary>
    Comment,
}

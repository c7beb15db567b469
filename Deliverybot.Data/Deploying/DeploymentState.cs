namespace Deliverybot.Data.Deploying;

/// <summary>
/// Where a wish to deploy stands. From <see cref="Pending"/> to <see cref="Inactive"/> these are GitHub's own deployment states
/// (<see href="https://docs.github.com/en/rest/deployments/statuses"/>).
/// </summary>
public enum DeploymentState
{
    /// <summary>A gate holds it, or it has not been looked at yet.</summary>
    Waiting,

    /// <summary>GitHub is being asked to create it; the outcome may be unknown.</summary>
    Creating,

    Pending,
    InProgress,
    Success,
    Failure,
    Error,
    Inactive,

    /// <summary>A newer wish for the same ref and target took its place before it went out.</summary>
    Superseded,

    /// <summary>A gate or GitHub refused it.</summary>
    Denied,

    /// <summary>A person, a closed pull request, a changed <c>deploy.yml</c> or the time that had passed ended it before it went out.</summary>
    Cancelled,
}

namespace Deliverybot.Data.Deploying;

/// <summary>How a deployment came about: four answers to four questions, each of which is asked by itself.</summary>
/// <param name="Cause">Why there is a wish.</param>
/// <param name="Act">What is done.</param>
/// <param name="Via">How it came in; null for a rollback of earlier releases, of which only a command in a pull request is known.</param>
/// <param name="Access">Whose token carries it out.</param>
public readonly record struct DeploymentOrigin(DeploymentCause Cause, DeploymentAct Act, DeploymentVia? Via, DeploymentAccess Access)
{
    /// <summary>GitHub told of something that made the wish, or of a deployment that somebody else made.</summary>
    public static DeploymentOrigin Event(DeploymentCause cause) => new(cause, DeploymentAct.Deploy, DeploymentVia.Event, DeploymentAccess.App);

    /// <summary>A command in a pull request names a person who has left no token here: the App carries it out.</summary>
    public static DeploymentOrigin Person(DeploymentAct act, DeploymentVia via) =>
        new(DeploymentCause.Person, act, via, via is DeploymentVia.Comment ? DeploymentAccess.App : DeploymentAccess.Person);
}

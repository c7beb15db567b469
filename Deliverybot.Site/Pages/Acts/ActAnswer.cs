using Deliverybot.Data.Names;

namespace Deliverybot.Site.Pages.Acts;

/// <summary>What the person is told, when what was asked for couldn't simply be done.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Title">The outcome in a few words.</param>
/// <param name="Reason">The gate's, or GitHub's, own sentence.</param>
/// <param name="Deployment">The record of it, if there is one.</param>
internal sealed record ActAnswer(int Status, string Title, string Reason, DeploymentId? Deployment = null)
{
    /// <summary>Whether another click with <c>force</c> may help.</summary>
    public bool MayForce { get; init; }

    /// <summary>Nothing of that name is here.</summary>
    public static ActAnswer Unknown(string title, string reason) => new(StatusCodes.Status422UnprocessableEntity, title, reason);

    /// <summary>A gate, a person or GitHub stands in the way.</summary>
    public static ActAnswer Refused(string title, string reason, DeploymentId? deployment = null) =>
        new(StatusCodes.Status409Conflict, title, reason, deployment);

    public static ActAnswer Unavailable(string reason) => new(StatusCodes.Status503ServiceUnavailable, "GitHub can’t be used now", reason);
}

using Deliverybot.Sandbox.World;

namespace Deliverybot.Sandbox.Page.Views;

/// <summary>A deployment and how far it is.</summary>
public sealed record DeploymentView(long Id, string Environment, string Sha, string Ref, string Task, string Creator, string State, DateTimeOffset CreatedAt)
{
    public string Short => Sha[..7];

    /// <summary>The branch or tag it was asked for by; null where only the commit was named.</summary>
    public string? Name => Ref == Sha ? null : Ref;

    public bool HasEnded => State is "success" or "failure" or "error" or "inactive";

    public bool AwaitsReview => State == "waiting";

    internal static DeploymentView Of(Deployment deployment) => new(
        deployment.Id,
        deployment.Environment,
        deployment.Sha,
        deployment.Ref,
        deployment.Task,
        deployment.Creator.Login,
        deployment.State ?? "created",
        deployment.CreatedAt);
}

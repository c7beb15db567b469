using Deliverybot.Data.Names;

namespace Deliverybot.Site.Live;

/// <summary>What open pages of a repository are told.</summary>
/// <param name="Data">What goes with the event: our number of the deployment; <c>head</c> where the default branch moved; else nothing.</param>
internal readonly record struct RepositoryChange(string Data)
{
    /// <summary>The default branch has moved.</summary>
    public static readonly RepositoryChange Head = new("head");

    /// <summary>Something that isn't a single deployment: a lock, or what nobody knows after an interruption.</summary>
    public static readonly RepositoryChange Unnamed = new("");

    public static RepositoryChange Of(DeploymentId deployment) => new(deployment.ToString());
}

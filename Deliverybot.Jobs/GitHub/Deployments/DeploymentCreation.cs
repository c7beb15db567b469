using System.Net;
using Deliverybot.Data.Names;

namespace Deliverybot.Jobs.GitHub.Deployments;

/// <summary>What GitHub made of the wish for a deployment.</summary>
internal abstract record DeploymentCreation
{
    private DeploymentCreation()
    {
    }

    /// <param name="Id">GitHub's number of it.</param>
    /// <param name="Sha">The commit that GitHub resolved, which may not be the one we had in mind.</param>
    /// <param name="CreatedAt">By GitHub's clock, where it tells.</param>
    public sealed record Created(GitHubDeploymentId Id, CommitSha Sha, DateTimeOffset? CreatedAt) : DeploymentCreation;

    /// <summary>GitHub merged the default branch first and made no deployment: the merge commit's push is to come.</summary>
    public sealed record Merged(string Message) : DeploymentCreation;

    /// <summary>Required contexts aren't good (yet).</summary>
    public sealed record ContextsUnmet(IReadOnlyList<UnmetContext> Contexts, string Message) : DeploymentCreation;

    /// <summary>The default branch can't be merged into the ref.</summary>
    public sealed record MergeConflict(string Message) : DeploymentCreation;

    /// <summary>Anything else that GitHub says no to, in its words.</summary>
    public sealed record Refused(HttpStatusCode Status, string Message) : DeploymentCreation;
}

using Deliverybot.Data.Names;

namespace Deliverybot.Jobs.Links;

/// <summary>Where the pages are to which others lead, too: comments, commit statuses, Slack. The Site's own addresses stand on these.</summary>
internal static class SitePath
{
    /// <summary>What editors check a <c>deploy.yml</c> by.</summary>
    public const string Schema = "/_/schema/deploy.json";

    public static string Deployment(RepositoryName repository, DeploymentId id) => $"/{repository}/deployments/{id}";

    /// <summary>A branch by its name, anything else whole.</summary>
    public static string Branch(RepositoryName repository, GitRef branch) =>
        $"/{repository}/branch/{string.Join('/', (branch.IsBranch ? branch.ShortName : branch.Value).Split('/').Select(Uri.EscapeDataString))}";

    public static string Commit(RepositoryName repository, CommitSha sha) => $"/{repository}/commit/{sha}";

    public static string Config(RepositoryName repository) => $"/{repository}/config";
}

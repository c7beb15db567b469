using Deliverybot.Data.Names;
using Microsoft.AspNetCore.WebUtilities;

namespace Deliverybot.Site.Pages.Branch;

internal static class BranchLinks
{
    public static string Default(RepositoryName repository) => $"/{repository}";

    public static string To(RepositoryName repository, GitRef branch) => $"/{repository}/branch/{Path(branch)}";

    /// <param name="repository">Whose.</param>
    /// <param name="branch">The branch or tag.</param>
    /// <param name="cursor">Where the page begins; null for the newest commits.</param>
    public static string Page(RepositoryName repository, GitRef branch, string? cursor) => Page(repository, branch, cursor, deploy: null);

    /// <summary>The same page with the form of one of its commits: what the form's button leads to without scripts.</summary>
    public static string Deploying(RepositoryName repository, GitRef branch, string? cursor, CommitSha sha) =>
        $"{Page(repository, branch, cursor, sha)}#deploy";

    /// <summary>What of the page changed with a deployment.</summary>
    public static string Changes(RepositoryName repository, GitRef branch) => $"{To(repository, branch)}?handler=Changes";

    /// <summary>The form of one commit by itself.</summary>
    public static string DeployForm(RepositoryName repository, GitRef branch, CommitSha sha) => $"{To(repository, branch)}?handler=DeployForm&sha={sha}";

    public static string Events(RepositoryName repository) => $"/_/events/{repository}";

    /// <summary>Reads what <see cref="To"/> wrote: a branch by its name, anything else whole.</summary>
    public static GitRef? Read(string? path) =>
        string.IsNullOrEmpty(path) ? null
        : path.StartsWith("refs/", StringComparison.Ordinal) ? new GitRef(path)
        : GitRef.Branch(path);

    private static string Page(RepositoryName repository, GitRef branch, string? cursor, CommitSha? deploy)
    {
        KeyValuePair<string, string?>[] query = [new("after", cursor), new("deploy", deploy?.Value)];
        return QueryHelpers.AddQueryString(To(repository, branch), query.Where(part => part.Value is not null));
    }

    private static string Path(GitRef branch) =>
        string.Join('/', (branch.IsBranch ? branch.ShortName : branch.Value).Split('/').Select(Uri.EscapeDataString));
}

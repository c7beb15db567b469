using Deliverybot.Data.Names;

namespace Deliverybot.Site.Pages.Branch;

internal static class BranchLinks
{
    public static string Default(RepositoryName repository) => $"/{repository}";

    public static string To(RepositoryName repository, GitRef branch) => $"/{repository}/branch/{Path(branch)}";

    public static string Next(RepositoryName repository, GitRef branch, string cursor) =>
        $"{To(repository, branch)}?after={Uri.EscapeDataString(cursor)}";

    /// <summary>What of the page changed with a deployment.</summary>
    public static string Changes(RepositoryName repository, GitRef branch) => $"{To(repository, branch)}?handler=Changes";

    /// <summary>What each target would do with a commit now.</summary>
    public static string Prospects(RepositoryName repository, GitRef branch, CommitSha sha) => $"{To(repository, branch)}?handler=Prospects&sha={sha}";

    public static string Events(RepositoryName repository) => $"/_/events/{repository}";

    /// <summary>Reads what <see cref="To"/> wrote: a branch by its name, anything else whole.</summary>
    public static GitRef? Read(string? path) =>
        string.IsNullOrEmpty(path) ? null
        : path.StartsWith("refs/", StringComparison.Ordinal) ? new GitRef(path)
        : GitRef.Branch(path);

    private static string Path(GitRef branch) =>
        string.Join('/', (branch.IsBranch ? branch.ShortName : branch.Value).Split('/').Select(Uri.EscapeDataString));
}

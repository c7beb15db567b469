using Deliverybot.Data.Names;
using Deliverybot.Jobs.GitHub.Commits;
using Deliverybot.Jobs.GitHub.Transport;

namespace Deliverybot.Site.Pages.Shared;

/// <summary>The pages of GitHub that ours lead to.</summary>
internal sealed class GitHubLinks(GitHubAddresses gitHub)
{
    /// <summary>GitHub takes 8,192 bytes; a sign-in on the way puts the address into another one.</summary>
    private const int LongestAddress = 7500;

    /// <summary>Where the App is installed; Enterprise Server has another address for it.</summary>
    public string Install(string? slug) =>
        new Uri(gitHub.Web, $"{(gitHub.Api.Host == gitHub.Web.Host ? "github-apps" : "apps")}/{slug}/installations/new").AbsoluteUri;

    public string Commit(RepositoryName repository, CommitSha sha) => new Uri(gitHub.Web, $"{repository}/commit/{sha}").AbsoluteUri;

    public string PullRequest(RepositoryName repository, PullRequestNumber number) =>
        new Uri(gitHub.Web, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{repository}/pull/{number.Value}")).AbsoluteUri;

    /// <summary>What one revision has that another lacks.</summary>
    public string Compare(RepositoryName repository, Revision from, Revision to) => new Uri(gitHub.Web, $"{repository}/compare/{Named(from)}...{Named(to)}").AbsoluteUri;

    /// <summary>GitHub's page calls a branch by its short name.</summary>
    private static string Named(Revision revision) => Uri.EscapeDataString(new GitRef(revision.Value).ShortName);

    /// <summary>
    /// GitHub's editor with a new file in it. That it takes <c>filename</c> and <c>value</c> is used by many and documented nowhere
    /// (docs/decisions/0022); a longer address than 8 kB it refuses with 414.
    /// </summary>
    public FilledEditor NewFile(RepositoryName repository, GitRef branch, string path, string text)
    {
        var empty = new Uri(gitHub.Web, $"{repository}/new/{Uri.EscapeDataString(branch.ShortName)}?filename={path}").AbsoluteUri;
        var filled = $"{empty}&value={Uri.EscapeDataString(text)}";
        return filled.Length <= LongestAddress ? new FilledEditor(filled, IsFilled: true) : new FilledEditor(empty, IsFilled: false);
    }

    public string DeployFile(RepositoryName repository, GitRef branch) =>
        new Uri(gitHub.Web, $"{repository}/blob/{Uri.EscapeDataString(branch.ShortName)}/.github/deploy.yml").AbsoluteUri;

    /// <summary>GitHub's own history of an environment.</summary>
    public string Environment(RepositoryName repository, EnvironmentName environment) =>
        new Uri(gitHub.Web, $"{repository}/deployments/{Uri.EscapeDataString(environment.Value)}").AbsoluteUri;

    public string EditDeployFile(RepositoryName repository, GitRef branch) =>
        new Uri(gitHub.Web, $"{repository}/edit/{Uri.EscapeDataString(branch.ShortName)}/.github/deploy.yml").AbsoluteUri;
}

/// <param name="Url">Of GitHub's editor.</param>
/// <param name="IsFilled">Whether the text is in it; else it is to be pasted.</param>
internal sealed record FilledEditor(string Url, bool IsFilled);

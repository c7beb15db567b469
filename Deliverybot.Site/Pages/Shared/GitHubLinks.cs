using Deliverybot.Data.Names;
using Deliverybot.Jobs.GitHub.Commits;
using Deliverybot.Jobs.GitHub.Transport;

namespace Deliverybot.Site.Pages.Shared;

/// <summary>The pages of GitHub that ours lead to.</summary>
internal sealed class GitHubLinks(GitHubAddresses gitHub)
{
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

    public string NewDeployFile(RepositoryName repository, GitRef branch) =>
        new Uri(gitHub.Web, $"{repository}/new/{Uri.EscapeDataString(branch.ShortName)}?filename=.github/deploy.yml").AbsoluteUri;

    public string DeployFile(RepositoryName repository, GitRef branch) =>
        new Uri(gitHub.Web, $"{repository}/blob/{Uri.EscapeDataString(branch.ShortName)}/.github/deploy.yml").AbsoluteUri;

    /// <summary>GitHub's own history of an environment.</summary>
    public string Environment(RepositoryName repository, EnvironmentName environment) =>
        new Uri(gitHub.Web, $"{repository}/deployments/{Uri.EscapeDataString(environment.Value)}").AbsoluteUri;

    public string EditDeployFile(RepositoryName repository, GitRef branch) =>
        new Uri(gitHub.Web, $"{repository}/edit/{Uri.EscapeDataString(branch.ShortName)}/.github/deploy.yml").AbsoluteUri;
}

using Deliverybot.Data.Names;
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

    /// <summary>What the branch has that the commit lacks.</summary>
    public string Compare(RepositoryName repository, CommitSha sha, GitRef branch) =>
        new Uri(gitHub.Web, $"{repository}/compare/{sha}...{Uri.EscapeDataString(branch.ShortName)}").AbsoluteUri;

    /// <summary>What one commit has that another lacks.</summary>
    public string Compare(RepositoryName repository, CommitSha from, CommitSha to) => new Uri(gitHub.Web, $"{repository}/compare/{from}...{to}").AbsoluteUri;

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

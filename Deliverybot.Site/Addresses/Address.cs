using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Links;
using Deliverybot.Jobs.Surfaces.Slack.Commands;
using Microsoft.AspNetCore.WebUtilities;
using Query = System.Collections.Generic.IEnumerable<System.Collections.Generic.KeyValuePair<string, string?>>;

namespace Deliverybot.Site.Addresses;

/// <summary>Where everything of the site is. Whatever leads to a page stands on this, and not on that page.</summary>
internal static class Address
{
    public const string Home = "/";

    public const string SignIn = "/_/sign-in";
    public const string SignInCallback = "/_/sign-in/github";
    public const string SignInFailed = "/_/sign-in/failed";
    public const string SignOut = "/_/sign-out";

    public const string Settings = "/_/settings";
    public const string SignOutEverywhere = "/_/settings?handler=SignOutEverywhere";
    public const string DeleteData = "/_/settings/delete";

    public const string SlackCommands = "/_/slack/commands";
    public const string SlackInstall = SlackPages.InstallPath;
    public const string SlackInstallCallback = "/_/slack/callback";
    public const string SlackLink = SlackPages.LinkPath;
    public const string SlackLinkCallback = "/_/slack/link/callback";
    public const string SlackConfirm = "/_/slack/link/confirm";
    public const string SlackUnlink = "/_/slack/unlink";
    public const string SlackFailed = "/_/slack/failed";

    public const string Webhooks = "/_/webhooks/github";
    public const string Schema = SitePath.Schema;
    public const string Jobs = "/_/jobs";
    public const string HealthLive = "/_/health/live";
    public const string HealthReady = "/_/health/ready";
    public const string HealthWork = "/_/health/github";
    public const string Scrape = "/_/metrics";
    public const string Error = "/_/error";
    public const string SetUp = "/_/set-up";
    public const string SetUpRegistered = "/_/set-up/registered";
    public const string SetUpCheck = "/_/set-up/check";
    public const string SetUpSecrets = "/_/set-up/secrets";
    public const string SetUpCheckAct = "/_/set-up/check?handler=Act";

    /// <summary>The page of a repository, as a route.</summary>
    public const string RepositoryRoute = $"/{{owner:{OwnerConstraint.Name}}}/{{repo:{RepositoryConstraint.Name}}}";

    public const string EventsRoute = $"/_/events{RepositoryRoute}";

    /// <summary>What changes in any repository that the user reaches.</summary>
    public const string AllEvents = "/_/events";

    public const string OwnerEventsRoute = $"{AllEvents}/{{owner:{OwnerConstraint.Name}}}";

    private const int AnchorLength = 12;

    /// <summary>In Hangfire's dashboard.</summary>
    /// <param name="id">Hangfire's number of it.</param>
    public static string Job(string id) => $"{Jobs}/jobs/details/{id}";

    public static string JobsOf(DeploymentId id) => $"/_/jobs-of/{id}";

    public static string SignInAndReturnTo(string localUrl) => $"{SignIn}?returnUrl={Uri.EscapeDataString(localUrl)}";

    /// <param name="owner">The account; null for all that the user reaches.</param>
    /// <param name="query">Which part of it.</param>
    public static string Reached(string? owner, params Query query) => With(owner is null ? Home : Owner(owner), query);

    /// <summary>The same as it is now, for a page that is open.</summary>
    public static string ReachedChanges(string? owner, Query query) => With($"{Reached(owner)}?handler=Changes", query);

    public static string ReachedEvents(string? owner) => owner is null ? AllEvents : $"{AllEvents}/{owner}";

    public static string Owner(string owner) => $"/{owner}";

    public static string Repository(RepositoryName repository) => $"/{repository}";

    public static string Events(RepositoryName repository) => $"/_/events/{repository}";

    public static string Branch(RepositoryName repository, GitRef branch) => SitePath.Branch(repository, branch);

    /// <param name="cursor">Where the page begins; null for the newest commits.</param>
    public static string Branch(RepositoryName repository, GitRef branch, string? cursor) => With(Branch(repository, branch), [new("after", cursor)]);

    /// <summary>The same page with the form of one of its commits: what the form's button leads to without scripts.</summary>
    public static string BranchDeploying(RepositoryName repository, GitRef branch, string? cursor, CommitSha sha) =>
        $"{With(Branch(repository, branch, cursor), [new("deploy", sha.Value)])}#deploy";

    /// <summary>What of the page changed with a deployment.</summary>
    public static string BranchChanges(RepositoryName repository, GitRef branch) => $"{Branch(repository, branch)}?handler=Changes";

    /// <summary>The form of one commit by itself.</summary>
    public static string BranchDeployForm(RepositoryName repository, GitRef branch, CommitSha sha) => $"{Branch(repository, branch)}?handler=DeployForm&sha={sha}";

    /// <summary>Reads the end of what <see cref="Branch(RepositoryName, GitRef)"/> wrote: a branch by its name, anything else whole.</summary>
    public static GitRef? ReadBranch(string? path) =>
        string.IsNullOrEmpty(path) ? null
        : path.StartsWith("refs/", StringComparison.Ordinal) ? new GitRef(path)
        : GitRef.Branch(path);

    public static string Commit(RepositoryName repository, CommitSha sha) => SitePath.Commit(repository, sha);

    /// <param name="beginning">The sha, or the beginning of it by which sentences call a commit.</param>
    public static string CommitLike(RepositoryName repository, string beginning) => $"/{repository}/commit/{beginning}";

    /// <summary>What an environment would get, and lose, by something else.</summary>
    public static string Difference(RepositoryName repository, EnvironmentName environment, EnvironmentName with) =>
        Difference(repository, environment, "with", with.Value);

    /// <inheritdoc cref="Difference(RepositoryName, EnvironmentName, EnvironmentName)"/>
    public static string Difference(RepositoryName repository, EnvironmentName environment, GitRef branch) =>
        Difference(repository, environment, "ref", branch.Value);

    /// <inheritdoc cref="Difference(RepositoryName, EnvironmentName, EnvironmentName)"/>
    public static string Difference(RepositoryName repository, EnvironmentName environment, CommitSha sha) =>
        Difference(repository, environment, "sha", sha.Value);

    /// <param name="filter">What the list is narrowed down to.</param>
    public static string Deployments(RepositoryName repository, params Query filter) => With($"/{repository}/deployments", filter);

    public static string DeploymentsBefore(RepositoryName repository, Query filter, DeploymentId last) =>
        With(Deployments(repository, filter), [new("before", last.ToString())]);

    public static string Deployment(RepositoryName repository, DeploymentId id) => SitePath.Deployment(repository, id);

    /// <summary>The same as it is now, for a page that is open.</summary>
    public static string DeploymentChanges(RepositoryName repository, DeploymentId id) => $"{Deployment(repository, id)}?handler=Changes";

    public static string Environments(RepositoryName repository, params Query query) => With($"/{repository}/environments", query);

    /// <summary>The board as it is now, for a page that is open.</summary>
    public static string EnvironmentsChanges(RepositoryName repository, Query query) =>
        With($"{Environments(repository)}?handler=Changes", query);

    public static string Environment(RepositoryName repository, Query query, EnvironmentName environment) =>
        $"{Environments(repository, query)}#{EnvironmentAnchor(environment)}";

    /// <summary>A form by itself.</summary>
    public static string EnvironmentForm(RepositoryName repository, Query query, string act, EnvironmentName environment) =>
        With($"{Environments(repository)}?handler=Form", [new("act", act), new("environment", environment.Value), .. query]);

    /// <summary>The page with a form on it.</summary>
    public static string EnvironmentActing(RepositoryName repository, Query query, string act, EnvironmentName environment) =>
        $"{Environments(repository, [new("act", act), new("environment", environment.Value), .. query])}#act";

    /// <summary>The row's id. Environments may be called anything, ids of elements not.</summary>
    public static string EnvironmentAnchor(EnvironmentName environment) =>
        $"env-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(environment.Key)))[..AnchorLength]}";

    public static string Config(RepositoryName repository) => SitePath.Config(repository);

    /// <summary>Where the answer to <em>try it</em> begins.</summary>
    public static string ConfigTry(RepositoryName repository) => $"{Config(repository)}#try";

    public static string Metrics(RepositoryName repository, params Query filter) => With($"/{repository}/metrics", filter);

    public static string MetricsCsv(RepositoryName repository, Query filter) => With(Metrics(repository, filter), [new("format", "csv")]);

    public static string Activity(RepositoryName repository, params Query filter) => With($"/{repository}/activity", filter);

    public static string ActivityBefore(RepositoryName repository, Query filter, long last) =>
        With(Activity(repository, filter), [new("before", last.ToString(CultureInfo.InvariantCulture))]);

    /// <summary>Where a form is sent.</summary>
    /// <param name="word">What it does: <c>lock</c>.</param>
    public static string Act(RepositoryName repository, string word) => $"/{repository}/{word}";

    public static string ActRoute(string word) => $"{RepositoryRoute}/{word}";

    private static string Difference(RepositoryName repository, EnvironmentName environment, string by, string what) =>
        With($"/{repository}/difference", [new("environment", environment.Value), new(by, what)]);

    private static string With(string address, Query query) =>
        QueryHelpers.AddQueryString(address, query.Where(part => part.Value is not null));
}

using Deliverybot.Benchmarks.GitHubEvents;

namespace Deliverybot.Benchmarks.FastGitHub;

/// <summary>Finds the route of a request in the layout of GitHub Enterprise Server, repositories by name or by id.</summary>
internal sealed class RouteTable(IReadOnlyList<LoadRepository> repositories)
{
    private const string Root = "/api/v3/";
    private const string DeployFile = "contents/.github/deploy.yml";
    private static readonly string[] References = ["git/ref/heads/", "git/refs/heads/", "git/ref/", "branches/"];

    private readonly Dictionary<string, LoadRepository> byName =
        repositories.ToDictionary(each => each.FullName, StringComparer.OrdinalIgnoreCase);

    private readonly Dictionary<string, LoadRepository> byId =
        repositories.ToDictionary(each => each.Id.ToString(System.Globalization.CultureInfo.InvariantCulture));

    public MatchedRoute Match(bool isPost, string path)
    {
        if (!path.StartsWith(Root, StringComparison.Ordinal))
        {
            return new MatchedRoute(GitHubRoute.Unknown);
        }

        var rest = path[Root.Length..];
        if (rest.StartsWith("app/installations/", StringComparison.Ordinal) && rest.EndsWith("/access_tokens", StringComparison.Ordinal))
        {
            return new MatchedRoute(GitHubRoute.InstallationToken);
        }

        if (rest == "app" || rest.StartsWith("app/", StringComparison.Ordinal))
        {
            return new MatchedRoute(GitHubRoute.App);
        }

        var segments = rest.Split('/', 4);
        if (segments is ["repos", var owner, var name, ..] && byName.TryGetValue($"{owner}/{name}", out var named))
        {
            return InRepository(isPost, named, segments.ElementAtOrDefault(3) ?? "");
        }

        if (segments is ["repositories", var id, ..] && byId.TryGetValue(id, out var numbered))
        {
            return InRepository(isPost, numbered, string.Join('/', segments.Skip(2)));
        }

        return new MatchedRoute(GitHubRoute.Unknown);
    }

    private static MatchedRoute InRepository(bool isPost, LoadRepository repository, string rest)
    {
        if (isPost)
        {
            return new MatchedRoute(PostRoute(rest), repository, rest[(rest.LastIndexOf('/') + 1)..]);
        }

        foreach (var reference in References)
        {
            if (rest.StartsWith(reference, StringComparison.Ordinal))
            {
                return new MatchedRoute(GitHubRoute.Reference, repository, rest[reference.Length..]);
            }
        }

        return rest.Split('/') switch
        {
            [""] => new MatchedRoute(GitHubRoute.Repository, repository),
            ["installation"] => new MatchedRoute(GitHubRoute.App, repository),
            _ when Uri.UnescapeDataString(rest) == DeployFile => new MatchedRoute(GitHubRoute.DeployFile, repository),
            ["commits", var sha] => new MatchedRoute(GitHubRoute.Commit, repository, sha),
            ["git", "commits", var sha] => new MatchedRoute(GitHubRoute.Commit, repository, sha),
            ["commits", var sha, "status" or "statuses" or "check-runs" or "check-suites"] =>
                new MatchedRoute(GitHubRoute.Checks, repository, sha),
            ["compare", var range] => new MatchedRoute(GitHubRoute.Compare, repository, range),
            ["deployments", ..] => new MatchedRoute(GitHubRoute.Deployments, repository),
            _ => new MatchedRoute(GitHubRoute.Unknown, repository),
        };
    }

    private static GitHubRoute PostRoute(string rest) => rest.Split('/') switch
    {
        ["deployments"] => GitHubRoute.CreateDeployment,
        ["deployments", _, "statuses"] => GitHubRoute.CreateDeploymentStatus,
        ["statuses", _] => GitHubRoute.CreateCommitStatus,
        _ => GitHubRoute.Unknown,
    };
}

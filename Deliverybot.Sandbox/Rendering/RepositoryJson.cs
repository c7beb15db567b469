using System.Text.Json.Nodes;
using Deliverybot.Sandbox.World;

namespace Deliverybot.Sandbox.Rendering;

/// <summary>The <c>repository</c> shapes.</summary>
internal static class RepositoryJson
{
    private static readonly (string Key, string Path)[] Links =
    [
        ("archive_url", "/{archive_format}{/ref}"), ("assignees_url", "/assignees{/user}"), ("blobs_url", "/git/blobs{/sha}"),
        ("branches_url", "/branches{/branch}"), ("collaborators_url", "/collaborators{/collaborator}"), ("comments_url", "/comments{/number}"),
        ("commits_url", "/commits{/sha}"), ("compare_url", "/compare/{base}...{head}"), ("contents_url", "/contents/{+path}"),
        ("contributors_url", "/contributors"), ("deployments_url", "/deployments"), ("downloads_url", "/downloads"), ("events_url", "/events"),
        ("forks_url", "/forks"), ("git_commits_url", "/git/commits{/sha}"), ("git_refs_url", "/git/refs{/sha}"), ("git_tags_url", "/git/tags{/sha}"),
        ("hooks_url", "/hooks"), ("issue_comment_url", "/issues/comments{/number}"), ("issue_events_url", "/issues/events{/number}"),
        ("issues_url", "/issues{/number}"), ("keys_url", "/keys{/key_id}"), ("labels_url", "/labels{/name}"), ("languages_url", "/languages"),
        ("merges_url", "/merges"), ("milestones_url", "/milestones{/number}"), ("notifications_url", "/notifications{?since,all,participating}"),
        ("pulls_url", "/pulls{/number}"), ("releases_url", "/releases{/id}"), ("stargazers_url", "/stargazers"), ("statuses_url", "/statuses/{sha}"),
        ("subscribers_url", "/subscribers"), ("subscription_url", "/subscription"), ("tags_url", "/tags"), ("teams_url", "/teams"),
        ("trees_url", "/git/trees{/sha}"),
    ];

    public static string ApiUrl(GitHubUrls urls, Repository repository) => $"{urls.Api}/repos/{repository.FullName}";

    public static string HtmlUrl(GitHubUrls urls, Repository repository) => $"{urls.Root}/{repository.FullName}";

    /// <summary>What lists hold, and what other objects and webhooks carry.</summary>
    public static JsonObject Of(GitHubWorld world, Repository repository)
    {
        var api = ApiUrl(world.Urls, repository);
        var html = HtmlUrl(world.Urls, repository);
        var json = new JsonObject
        {
            ["id"] = repository.Id,
            ["node_id"] = NodeId.Of("Repository", repository.Id),
            ["name"] = repository.Name,
            ["full_name"] = repository.FullName,
            ["private"] = repository.Private,
            ["owner"] = AccountJson.Simple(world.Urls, repository.Owner),
            ["html_url"] = html,
            ["description"] = repository.Description,
            ["fork"] = repository.ForkOf is not null,
            ["url"] = api,
        };
        foreach (var (key, path) in Links)
        {
            json[key] = api + path;
        }

        json["created_at"] = repository.CreatedAt.Iso();
        json["updated_at"] = repository.PushedAt.Iso();
        json["pushed_at"] = repository.PushedAt.Iso();
        json["git_url"] = $"git:{html[5..]}.git";
        json["ssh_url"] = $"git@127.0.0.1:{repository.FullName}.git";
        json["clone_url"] = html + ".git";
        json["svn_url"] = html;
        json["mirror_url"] = null;
        json["homepage"] = null;
        json["size"] = 1;
        json["stargazers_count"] = 0;
        json["watchers_count"] = 0;
        json["language"] = null;
        json["has_issues"] = true;
        json["has_projects"] = false;
        json["has_downloads"] = true;
        json["has_wiki"] = false;
        json["has_pages"] = false;
        json["has_discussions"] = false;
        json["forks_count"] = 0;
        json["archived"] = repository.Archived;
        json["disabled"] = false;
        json["open_issues_count"] = repository.Pulls.Count(pull => pull.Open);
        json["license"] = null;
        json["allow_forking"] = true;
        json["is_template"] = false;
        json["web_commit_signoff_required"] = false;
        json["topics"] = new JsonArray();
        json["visibility"] = repository.Private ? "private" : "public";
        json["forks"] = 0;
        json["open_issues"] = repository.Pulls.Count(pull => pull.Open);
        json["watchers"] = 0;
        json["default_branch"] = repository.DefaultBranch;
        return json;
    }

    public static JsonObject WithPermissions(GitHubWorld world, Repository repository, RepositoryPermission permission)
    {
        var json = Of(world, repository);
        json["custom_properties"] = new JsonObject();
        json["permissions"] = new JsonObject
        {
            ["admin"] = permission >= RepositoryPermission.Admin,
            ["maintain"] = permission >= RepositoryPermission.Maintain,
            ["push"] = permission >= RepositoryPermission.Write,
            ["triage"] = permission >= RepositoryPermission.Triage,
            ["pull"] = permission >= RepositoryPermission.Read,
        };
        return json;
    }

    /// <summary>What <c>GET /repos/{owner}/{repo}</c> gives.</summary>
    public static JsonObject Full(GitHubWorld world, Repository repository, RepositoryPermission permission)
    {
        var json = WithPermissions(world, repository, permission);
        json["network_count"] = 0;
        json["subscribers_count"] = 0;
        if (repository.Owner.Kind == AccountKind.Organization)
        {
            json["organization"] = AccountJson.Simple(world.Urls, repository.Owner);
        }

        if (repository.ForkOf is { } parent)
        {
            json["parent"] = Of(world, parent);
            json["source"] = Of(world, parent);
        }

        return json;
    }

    /// <summary>The short form that installation events carry.</summary>
    public static JsonArray Names(IEnumerable<Repository> repositories) => repositories.ToJson(repository => new JsonObject
    {
        ["id"] = repository.Id,
        ["node_id"] = NodeId.Of("Repository", repository.Id),
        ["name"] = repository.Name,
        ["full_name"] = repository.FullName,
        ["private"] = repository.Private,
    });
}

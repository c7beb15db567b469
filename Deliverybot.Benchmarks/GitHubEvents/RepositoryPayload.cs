using System.Text.Json.Nodes;

namespace Deliverybot.Benchmarks.GitHubEvents;

/// <summary>
/// The <c>repository</c> object as GitHub sends it, all its addresses included: they are most of a webhook's size.
/// </summary>
internal static class RepositoryPayload
{
    private static readonly (string Name, string Path)[] Addresses =
    [
        ("forks_url", "forks"),
        ("keys_url", "keys{/key_id}"),
        ("collaborators_url", "collaborators{/collaborator}"),
        ("teams_url", "teams"),
        ("hooks_url", "hooks"),
        ("issue_events_url", "issues/events{/number}"),
        ("events_url", "events"),
        ("assignees_url", "assignees{/user}"),
        ("branches_url", "branches{/branch}"),
        ("tags_url", "tags"),
        ("blobs_url", "git/blobs{/sha}"),
        ("git_tags_url", "git/tags{/sha}"),
        ("git_refs_url", "git/refs{/sha}"),
        ("trees_url", "git/trees{/sha}"),
        ("statuses_url", "statuses/{sha}"),
        ("languages_url", "languages"),
        ("stargazers_url", "stargazers"),
        ("contributors_url", "contributors"),
        ("subscribers_url", "subscribers"),
        ("subscription_url", "subscription"),
        ("commits_url", "commits{/sha}"),
        ("git_commits_url", "git/commits{/sha}"),
        ("comments_url", "comments{/number}"),
        ("issue_comment_url", "issues/comments{/number}"),
        ("contents_url", "contents/{+path}"),
        ("compare_url", "compare/{base}...{head}"),
        ("merges_url", "merges"),
        ("archive_url", "{archive_format}{/ref}"),
        ("downloads_url", "downloads"),
        ("issues_url", "issues{/number}"),
        ("pulls_url", "pulls{/number}"),
        ("milestones_url", "milestones{/number}"),
        ("notifications_url", "notifications{?since,all,participating}"),
        ("labels_url", "labels{/name}"),
        ("releases_url", "releases{/id}"),
        ("deployments_url", "deployments"),
    ];

    public static JsonObject Of(LoadRepository repository)
    {
        var page = $"https://github.com/{repository.FullName}";
        var api = $"https://api.github.com/repos/{repository.FullName}";
        var json = new JsonObject
        {
            ["id"] = repository.Id,
            ["node_id"] = $"R_kgDO{repository.Id}",
            ["name"] = repository.Name,
            ["full_name"] = repository.FullName,
            ["private"] = true,
            ["owner"] = UserPayload.Organization(),
            ["html_url"] = page,
            ["description"] = "A service that is deployed many times a day",
            ["fork"] = false,
            ["url"] = api,
        };
        foreach (var (name, path) in Addresses)
        {
            json[name] = $"{api}/{path}";
        }

        json["created_at"] = "2024-03-01T08:00:00Z";
        json["updated_at"] = "2026-10-01T08:00:00Z";
        json["pushed_at"] = "2026-11-01T08:00:00Z";
        json["git_url"] = $"git://github.com/{repository.FullName}.git";
        json["ssh_url"] = $"git@github.com:{repository.FullName}.git";
        json["clone_url"] = $"{page}.git";
        json["svn_url"] = page;
        json["size"] = 1_840;
        json["stargazers_count"] = 3;
        json["language"] = "C#";
        json["has_issues"] = true;
        json["archived"] = false;
        json["disabled"] = false;
        json["open_issues_count"] = 7;
        json["topics"] = new JsonArray();
        json["visibility"] = "private";
        json["default_branch"] = LoadRepository.DefaultBranch;
        return json;
    }
}

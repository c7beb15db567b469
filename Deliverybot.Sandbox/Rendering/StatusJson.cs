using System.Text.Json.Nodes;
using Deliverybot.Sandbox.World;

namespace Deliverybot.Sandbox.Rendering;

/// <summary>The <c>status</c> and <c>combined-commit-status</c> shapes.</summary>
internal static class StatusJson
{
    public static JsonObject Of(GitHubWorld world, Repository repository, CommitStatus status)
    {
        var json = Simple(world, repository, status);
        json["creator"] = AccountJson.Simple(world.Urls, status.Creator);
        return json;
    }

    public static JsonObject Combined(GitHubWorld world, Repository repository, Commit commit, IReadOnlyList<CommitStatus> page, IReadOnlyList<CommitStatus> all)
    {
        var api = RepositoryJson.ApiUrl(world.Urls, repository);
        return new JsonObject
        {
            ["state"] = all.Any(status => status.State is "failure" or "error") ? "failure"
                : all.Count == 0 || all.Any(status => status.State == "pending") ? "pending"
                : "success",
            ["statuses"] = page.ToJson(status => Simple(world, repository, status)),
            ["sha"] = commit.Sha,
            ["total_count"] = all.Count,
            ["repository"] = RepositoryJson.Of(world, repository),
            ["commit_url"] = $"{api}/commits/{commit.Sha}",
            ["url"] = $"{api}/commits/{commit.Sha}/status",
        };
    }

    public static JsonObject Event(GitHubWorld world, Repository repository, CommitStatus status) => new()
    {
        ["id"] = status.Id,
        ["sha"] = status.Sha,
        ["name"] = repository.FullName,
        ["target_url"] = status.TargetUrl,
        ["avatar_url"] = AccountJson.Avatar(world.Urls, status.Creator),
        ["context"] = status.Context,
        ["description"] = status.Description,
        ["state"] = status.State,
        ["commit"] = CommitJson.Of(world, repository, repository.Objects.Get(status.Sha)),
        ["branches"] = repository.Heads
            .Where(head => repository.Objects.Contains(head.Value, status.Sha))
            .Take(10)
            .ToJson(head => new JsonObject
            {
                ["name"] = head.Key,
                ["commit"] = new JsonObject
                {
                    ["sha"] = head.Value,
                    ["url"] = $"{RepositoryJson.ApiUrl(world.Urls, repository)}/commits/{head.Value}",
                },
                ["protected"] = false,
            }),
        ["created_at"] = status.CreatedAt.Iso(),
        ["updated_at"] = status.CreatedAt.Iso(),
    };

    private static JsonObject Simple(GitHubWorld world, Repository repository, CommitStatus status) => new()
    {
        ["url"] = $"{RepositoryJson.ApiUrl(world.Urls, repository)}/statuses/{status.Sha}",
        ["avatar_url"] = AccountJson.Avatar(world.Urls, status.Creator),
        ["id"] = status.Id,
        ["node_id"] = NodeId.Of("StatusContext", status.Id),
        ["state"] = status.State,
        ["description"] = status.Description,
        ["target_url"] = status.TargetUrl,
        ["context"] = status.Context,
        ["created_at"] = status.CreatedAt.Iso(),
        ["updated_at"] = status.CreatedAt.Iso(),
    };
}

using System.Text.Json.Nodes;
using Deliverybot.Sandbox.World;

namespace Deliverybot.Sandbox.Rendering;

/// <summary>The <c>issue</c> shape; a pull request is an issue with a <c>pull_request</c> field.</summary>
internal static class IssueJson
{
    public static JsonObject Of(GitHubWorld world, Repository repository, int number)
    {
        var pull = repository.Pulls.FirstOrDefault(candidate => candidate.Number == number);
        var issue = repository.Issues.FirstOrDefault(candidate => candidate.Number == number);
        var author = pull?.Author ?? issue?.Author ?? world.AppOwner;
        var url = $"{RepositoryJson.ApiUrl(world.Urls, repository)}/issues/{number}";
        var html = $"{RepositoryJson.HtmlUrl(world.Urls, repository)}/{(pull is null ? "issues" : "pull")}/{number}";
        var json = new JsonObject
        {
            ["url"] = url,
            ["repository_url"] = RepositoryJson.ApiUrl(world.Urls, repository),
            ["labels_url"] = url + "/labels{/name}",
            ["comments_url"] = url + "/comments",
            ["events_url"] = url + "/events",
            ["html_url"] = html,
            ["id"] = pull?.Id ?? issue?.Id ?? number,
            ["node_id"] = NodeId.Of("Issue", pull?.Id ?? issue?.Id ?? number),
            ["number"] = number,
            ["title"] = pull?.Title ?? issue?.Title,
            ["user"] = AccountJson.Simple(world.Urls, author),
            ["labels"] = new JsonArray(),
            ["state"] = pull is { Open: false } ? "closed" : "open",
            ["locked"] = false,
            ["assignee"] = null,
            ["assignees"] = new JsonArray(),
            ["milestone"] = null,
            ["comments"] = repository.CommentList.Count(comment => comment.Number == number),
            ["created_at"] = (pull?.CreatedAt ?? issue?.CreatedAt).Iso(),
            ["updated_at"] = (pull?.UpdatedAt ?? issue?.CreatedAt).Iso(),
            ["closed_at"] = pull?.ClosedAt.Iso(),
            ["author_association"] = "COLLABORATOR",
            ["active_lock_reason"] = null,
            ["body"] = pull?.Body,
            ["state_reason"] = null,
            ["reactions"] = CommentJson.Rollup(url + "/reactions", []),
        };
        if (pull is not null)
        {
            json["draft"] = pull.Draft;
            json["pull_request"] = new JsonObject
            {
                ["url"] = $"{RepositoryJson.ApiUrl(world.Urls, repository)}/pulls/{number}",
                ["html_url"] = html,
                ["diff_url"] = html + ".diff",
                ["patch_url"] = html + ".patch",
                ["merged_at"] = pull.MergedAt.Iso(),
            };
        }

        return json;
    }
}

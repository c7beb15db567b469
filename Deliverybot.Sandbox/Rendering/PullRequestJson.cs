using System.Text.Json.Nodes;
using Deliverybot.Sandbox.World;

namespace Deliverybot.Sandbox.Rendering;

/// <summary>The <c>pull-request</c> shape.</summary>
internal static class PullRequestJson
{
    public static JsonObject Of(GitHubWorld world, Repository repository, PullRequest pull)
    {
        var api = RepositoryJson.ApiUrl(world.Urls, repository);
        var url = $"{api}/pulls/{pull.Number}";
        var html = $"{RepositoryJson.HtmlUrl(world.Urls, repository)}/pull/{pull.Number}";
        var comparison = Comparison.Of(repository.Objects, repository.Objects.Get(pull.BaseSha), repository.Objects.Get(pull.HeadSha));
        return new JsonObject
        {
            ["url"] = url,
            ["id"] = pull.Id,
            ["node_id"] = NodeId.Of("PullRequest", pull.Id),
            ["html_url"] = html,
            ["diff_url"] = html + ".diff",
            ["patch_url"] = html + ".patch",
            ["issue_url"] = $"{api}/issues/{pull.Number}",
            ["number"] = pull.Number,
            ["state"] = pull.Open ? "open" : "closed",
            ["locked"] = false,
            ["title"] = pull.Title,
            ["user"] = AccountJson.Simple(world.Urls, pull.Author),
            ["body"] = pull.Body,
            ["created_at"] = pull.CreatedAt.Iso(),
            ["updated_at"] = pull.UpdatedAt.Iso(),
            ["closed_at"] = pull.ClosedAt.Iso(),
            ["merged_at"] = pull.MergedAt.Iso(),
            ["merge_commit_sha"] = pull.MergeCommitSha,
            ["assignee"] = null,
            ["assignees"] = new JsonArray(),
            ["requested_reviewers"] = new JsonArray(),
            ["requested_teams"] = new JsonArray(),
            ["labels"] = new JsonArray(),
            ["milestone"] = null,
            ["draft"] = pull.Draft,
            ["commits_url"] = url + "/commits",
            ["review_comments_url"] = url + "/comments",
            ["review_comment_url"] = $"{api}/pulls/comments{{/number}}",
            ["comments_url"] = $"{api}/issues/{pull.Number}/comments",
            ["statuses_url"] = $"{api}/statuses/{pull.HeadSha}",
            ["head"] = Side(world, pull.HeadRepository, pull.HeadBranch, pull.HeadSha),
            ["base"] = Side(world, repository, pull.BaseBranch, pull.BaseSha),
            ["_links"] = new JsonObject
            {
                ["self"] = Link(url),
                ["html"] = Link(html),
                ["issue"] = Link($"{api}/issues/{pull.Number}"),
                ["comments"] = Link($"{api}/issues/{pull.Number}/comments"),
                ["review_comments"] = Link(url + "/comments"),
                ["review_comment"] = Link($"{api}/pulls/comments{{/number}}"),
                ["commits"] = Link(url + "/commits"),
                ["statuses"] = Link($"{api}/statuses/{pull.HeadSha}"),
            },
            ["author_association"] = "COLLABORATOR",
            ["auto_merge"] = null,
            ["active_lock_reason"] = null,
            ["merged"] = pull.MergedAt is not null,
            ["mergeable"] = pull.Open ? true : null,
            ["rebaseable"] = pull.Open ? true : null,
            ["mergeable_state"] = pull.Open ? "clean" : "unknown",
            ["merged_by"] = pull.MergedBy is null ? null : AccountJson.Simple(world.Urls, pull.MergedBy),
            ["comments"] = repository.CommentList.Count(comment => comment.Number == pull.Number),
            ["review_comments"] = 0,
            ["maintainer_can_modify"] = false,
            ["commits"] = comparison.Ahead.Count,
            ["additions"] = 1,
            ["deletions"] = 0,
            ["changed_files"] = 1,
        };
    }

    private static JsonObject Side(GitHubWorld world, Repository repository, string branch, string sha) => new()
    {
        ["label"] = $"{repository.Owner.Login}:{branch}",
        ["ref"] = branch,
        ["sha"] = sha,
        ["user"] = AccountJson.Simple(world.Urls, repository.Owner),
        ["repo"] = RepositoryJson.Of(world, repository),
    };

    private static JsonObject Link(string href) => new() { ["href"] = href };
}

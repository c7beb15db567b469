using System.Text.Json.Nodes;
using Deliverybot.Sandbox.World;

namespace Deliverybot.Sandbox.Rendering;

/// <summary>The <c>pull-request</c> and <c>pull-request-simple</c> shapes.</summary>
internal static class PullRequestJson
{
    public static JsonObject Of(GitHubWorld world, Repository repository, PullRequest pull)
    {
        var comparison = Comparison.Of(repository.Objects, repository.Objects.Get(pull.BaseSha), repository.Objects.Get(pull.HeadSha));
        var json = Simple(world, repository, pull);
        json["merged"] = pull.MergedAt is not null;
        json["mergeable"] = pull.Open ? true : null;
        json["rebaseable"] = pull.Open ? true : null;
        json["mergeable_state"] = pull.Open ? "clean" : "unknown";
        json["merged_by"] = pull.MergedBy is null ? null : AccountJson.Simple(world.Urls, pull.MergedBy);
        json["comments"] = repository.CommentList.Count(comment => comment.Number == pull.Number);
        json["review_comments"] = 0;
        json["maintainer_can_modify"] = false;
        json["commits"] = comparison.Ahead.Count;
        json["additions"] = 1;
        json["deletions"] = 0;
        json["changed_files"] = 1;
        return json;
    }

    /// <summary>What lists hold.</summary>
    public static JsonObject Simple(GitHubWorld world, Repository repository, PullRequest pull)
    {
        var api = RepositoryJson.ApiUrl(world.Urls, repository);
        var url = $"{api}/pulls/{pull.Number}";
        var html = $"{RepositoryJson.HtmlUrl(world.Urls, repository)}/pull/{pull.Number}";
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

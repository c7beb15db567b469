using System.Text.Json.Nodes;
using Deliverybot.Sandbox.World;

namespace Deliverybot.Sandbox.Rendering;

/// <summary>The <c>issue-comment</c> and <c>reaction</c> shapes.</summary>
internal static class CommentJson
{
    public static readonly string[] Contents = ["+1", "-1", "laugh", "confused", "heart", "hooray", "rocket", "eyes"];

    public static JsonObject Of(GitHubWorld world, Repository repository, IssueComment comment)
    {
        var api = RepositoryJson.ApiUrl(world.Urls, repository);
        var kind = repository.Pulls.Any(pull => pull.Number == comment.Number) ? "pull" : "issues";
        return new JsonObject
        {
            ["url"] = $"{api}/issues/comments/{comment.Id}",
            ["html_url"] = $"{RepositoryJson.HtmlUrl(world.Urls, repository)}/{kind}/{comment.Number}#issuecomment-{comment.Id}",
            ["issue_url"] = $"{api}/issues/{comment.Number}",
            ["id"] = comment.Id,
            ["node_id"] = NodeId.Of("IssueComment", comment.Id),
            ["user"] = AccountJson.Simple(world.Urls, comment.Author),
            ["created_at"] = comment.CreatedAt.Iso(),
            ["updated_at"] = comment.UpdatedAt.Iso(),
            ["author_association"] = "COLLABORATOR",
            ["body"] = comment.Body,
            ["reactions"] = Rollup($"{api}/issues/comments/{comment.Id}/reactions", comment.ReactionList),
            ["performed_via_github_app"] = comment.ByApp ? AppJson.Of(world) : null,
        };
    }

    /// <summary>How often each reaction was given.</summary>
    public static JsonObject Rollup(string url, IReadOnlyList<Reaction> reactions)
    {
        var json = new JsonObject { ["url"] = url, ["total_count"] = reactions.Count };
        foreach (var content in Contents)
        {
            json[content] = reactions.Count(reaction => reaction.Content == content);
        }

        return json;
    }

    public static JsonObject ReactionOf(GitHubWorld world, Reaction reaction) => new()
    {
        ["id"] = reaction.Id,
        ["node_id"] = NodeId.Of("Reaction", reaction.Id),
        ["user"] = AccountJson.Simple(world.Urls, reaction.User),
        ["content"] = reaction.Content,
        ["created_at"] = reaction.CreatedAt.Iso(),
    };
}

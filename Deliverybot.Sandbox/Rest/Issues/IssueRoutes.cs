using System.Globalization;
using Deliverybot.Sandbox.Rendering;
using Deliverybot.Sandbox.World;

namespace Deliverybot.Sandbox.Rest.Issues;

/// <summary>Comments on issues and pull requests, and reactions to them. https://docs.github.com/en/rest/issues/comments</summary>
internal static class IssueRoutes
{
    private const int LongestBody = 65_536;

    public static void Map(RouteTable routes)
    {
        routes.Get("/repos/{owner}/{repo}/issues/{issue_number}", Access.Read("issues"), One);
        routes.Get("/repos/{owner}/{repo}/issues/{issue_number}/comments", Access.Read("issues"), List);
        routes.Post("/repos/{owner}/{repo}/issues/{issue_number}/comments", Access.Write("issues"), Create);
        routes.Get("/repos/{owner}/{repo}/issues/comments/{comment_id}", Access.Read("issues"), OneComment);
        routes.Patch("/repos/{owner}/{repo}/issues/comments/{comment_id}", Access.Write("issues"), Edit);
        routes.Delete("/repos/{owner}/{repo}/issues/comments/{comment_id}", Access.Write("issues"), Delete);
        routes.Get("/repos/{owner}/{repo}/issues/comments/{comment_id}/reactions", Access.Read("issues"), Reactions);
        routes.Post("/repos/{owner}/{repo}/issues/comments/{comment_id}/reactions", Access.Write("issues"), React);
        routes.Delete("/repos/{owner}/{repo}/issues/comments/{comment_id}/reactions/{reaction_id}", Access.Write("issues"), Unreact);
    }

    private static RestAnswer One(RestCall call) => RestAnswer.Ok(IssueJson.Of(call.World, call.Repository, Number(call)));

    private static RestAnswer OneComment(RestCall call) => RestAnswer.Ok(CommentJson.Of(call.World, call.Repository, Find(call)));

    private static RestAnswer Reactions(RestCall call) => call.List(Find(call).ReactionList, item => CommentJson.ReactionOf(call.World, item));

    private static RestAnswer List(RestCall call)
    {
        var number = Number(call);
        var since = DateTimeOffset.TryParse(call.Query("since"), CultureInfo.InvariantCulture, out var time) ? time : DateTimeOffset.MinValue;
        var comments = call.Repository.CommentList.Where(comment => comment.Number == number && comment.UpdatedAt >= since).ToList();
        return call.List(comments, comment => CommentJson.Of(call.World, call.Repository, comment));
    }

    private static RestAnswer Create(RestCall call)
    {
        var comment = call.World.Comment(call.Repository, Number(call), call.Actor, Body(call), byApp: true);
        return RestAnswer.Created(CommentJson.Of(call.World, call.Repository, comment));
    }

    private static RestAnswer Edit(RestCall call)
    {
        var comment = Own(call);
        call.World.EditComment(call.Repository, comment, call.Actor, Body(call));
        return RestAnswer.Ok(CommentJson.Of(call.World, call.Repository, comment));
    }

    private static RestAnswer Delete(RestCall call)
    {
        call.World.DeleteComment(call.Repository, Own(call), call.Actor);
        return RestAnswer.NoContent;
    }

    // The same reaction by the same account is answered with the one there is.
    private static RestAnswer React(RestCall call)
    {
        var comment = Find(call);
        var content = call.Required("Reaction", "content");
        if (!CommentJson.Contents.Contains(content))
        {
            throw RestRefusal.Invalid("Reaction", "content", "invalid");
        }

        if (comment.ReactionList.FirstOrDefault(item => item.User == call.Actor && item.Content == content) is { } known)
        {
            return RestAnswer.Ok(CommentJson.ReactionOf(call.World, known));
        }

        var reaction = new Reaction(call.World.NextId(), call.Actor, content, call.World.Now());
        comment.ReactionList.Add(reaction);
        return RestAnswer.Created(CommentJson.ReactionOf(call.World, reaction));
    }

    private static RestAnswer Unreact(RestCall call)
    {
        var id = call.RouteId("reaction_id");
        return Find(call).ReactionList.RemoveAll(item => item.Id == id && item.User == call.Actor) > 0
            ? RestAnswer.NoContent
            : throw RestRefusal.NotFound();
    }

    private static string Body(RestCall call)
    {
        var body = call.Required("IssueComment", "body");
        return body.Length > LongestBody
            ? throw RestRefusal.Invalid("IssueComment", "body", "unprocessable", "body is too long (maximum is 65536 characters)")
            : body;
    }

    private static int Number(RestCall call)
    {
        var number = call.RouteId("issue_number");
        return call.Repository.Pulls.Any(pull => pull.Number == number) || call.Repository.Issues.Any(issue => issue.Number == number)
            ? (int)number
            : throw RestRefusal.NotFound();
    }

    private static IssueComment Find(RestCall call)
    {
        var id = call.RouteId("comment_id");
        return call.Repository.CommentList.FirstOrDefault(comment => comment.Id == id) ?? throw RestRefusal.NotFound();
    }

    private static IssueComment Own(RestCall call)
    {
        var comment = Find(call);
        var moderates = call.Caller is Caller.AsUser && call.World.PermissionOf(call.Actor, call.Repository) >= RepositoryPermission.Write;
        return comment.Author == call.Actor || moderates ? comment : throw RestRefusal.NotForIntegrations();
    }
}

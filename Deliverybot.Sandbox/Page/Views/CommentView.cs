using Deliverybot.Sandbox.World;

namespace Deliverybot.Sandbox.Page.Views;

/// <summary>A comment with its reactions as pictures.</summary>
public sealed record CommentView(string Author, string Body, DateTimeOffset CreatedAt, string Reactions)
{
    internal static CommentView Of(IssueComment comment) => new(
        comment.Author.Login,
        comment.Body,
        comment.CreatedAt,
        string.Join(' ', comment.Reactions.Select(reaction => Picture(reaction.Content))));

    private static string Picture(string content) => content switch
    {
        "+1" => "👍",
        "-1" => "👎",
        "laugh" => "😄",
        "confused" => "😕",
        "heart" => "❤️",
        "hooray" => "🎉",
        "rocket" => "🚀",
        "eyes" => "👀",
        var other => other,
    };
}

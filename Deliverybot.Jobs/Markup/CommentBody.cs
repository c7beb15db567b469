namespace Deliverybot.Jobs.Markup;

/// <summary>A comment as it is sent: our text, and a mark by which we find it again, which nobody sees.</summary>
internal static class CommentBody
{
    /// <summary>GitHub takes 65 536 characters.</summary>
    private const int Most = 65_000;

    private const string Shortened = "\n\n…";

    /// <summary>Where it is too long, whole lines are left out at the end, so that no table and no link is cut through.</summary>
    public static string Of(string markdown, string mark)
    {
        var room = Most - mark.Length - Shortened.Length - 2;
        if (markdown.Length <= room)
        {
            return $"{markdown}\n\n{mark}";
        }

        var end = markdown.LastIndexOf('\n', room);
        return $"{(end < 0 ? "" : markdown[..end].TrimEnd())}{Shortened}\n\n{mark}";
    }
}

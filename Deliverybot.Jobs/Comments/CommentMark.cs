using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.GitHub.PullRequests;

namespace Deliverybot.Jobs.Comments;

/// <summary>What nobody sees at the end of our comments: by it one is found again whose number was lost in a crash.</summary>
internal readonly record struct CommentMark
{
    private readonly string _what;

    private CommentMark(string what) => _what = what;

    /// <summary>The one comment of a target. Its name may hold anything, so a hash stands for it.</summary>
    public static CommentMark OfTarget(TargetName target) =>
        new($"target:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(target.Value)))[..16]}");

    public static CommentMark OfAnswer(CommentId comment) => new($"answer:{comment}");

    public static CommentMark OfFailure(DeploymentId deployment) => new(string.Create(CultureInfo.InvariantCulture, $"failure:{deployment.Value}"));

    public static CommentMark OfRollback(DeploymentId deployment) => new(string.Create(CultureInfo.InvariantCulture, $"rollback:{deployment.Value}"));

    public static CommentMark OfLock(long id) => new(string.Create(CultureInfo.InvariantCulture, $"lock:{id}"));

    /// <summary>That it has ended: before, it may have been said that it stays.</summary>
    public static CommentMark OfLockEnd(long id) => new(string.Create(CultureInfo.InvariantCulture, $"lock-end:{id}"));

    public static CommentMark OfBrokenRules { get; } = new("rules");

    public override string ToString() => $"<!-- deliverybot:{_what} -->";
}

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

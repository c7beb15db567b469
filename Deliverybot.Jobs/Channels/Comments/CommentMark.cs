using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.GitHub.PullRequests;

namespace Deliverybot.Jobs.Channels.Comments;

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

    public static CommentMark OfLock(long id) => new(string.Create(CultureInfo.InvariantCulture, $"lock:{id}"));

    public static CommentMark OfBrokenRules { get; } = new("rules");

    public override string ToString() => $"<!-- deliverybot:{_what} -->";
}

using System.Globalization;

namespace Deliverybot.Jobs.GitHub.PullRequests;

/// <summary>GitHub's number of a comment on an issue or pull request.</summary>
internal readonly record struct CommentId(long Value)
{
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}

using Deliverybot.Data.Names;

namespace Deliverybot.Jobs.Core;

/// <summary>Whether a commit belongs to the repository.</summary>
internal abstract record CommitVerdict
{
    private CommitVerdict()
    {
    }

    /// <param name="Ref">The branch or tag of this repository that it is on; null where the commit alone may be named, as for one of a fork.</param>
    public sealed record Vouched(GitRef? Ref) : CommitVerdict;

    public sealed record Refused(string Reason) : CommitVerdict;
}

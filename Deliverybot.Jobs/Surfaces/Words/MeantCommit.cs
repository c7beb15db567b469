using Deliverybot.Data.Names;
using Deliverybot.Jobs.Acts;
using Deliverybot.Jobs.Acts.Deploying;

namespace Deliverybot.Jobs.Surfaces.Words;

/// <summary>The commit that a command means.</summary>
internal abstract record MeantCommit
{
    private MeantCommit()
    {
    }

    public sealed record Found(CommitSha Sha, CommitSource Source) : MeantCommit;

    /// <summary>There is none of that name.</summary>
    public sealed record None(ActResult Result) : MeantCommit;
}

using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Acts;
using Deliverybot.Jobs.Acts.Deploying;

namespace Deliverybot.Jobs.Surfaces.Words;

/// <summary>Where a command was written, and what it means there.</summary>
internal abstract class CommandPlace(Actor actor)
{
    public Actor Actor => actor;

    public abstract DeploymentVia Via { get; }

    /// <summary>The pull request that it was written in.</summary>
    public virtual PullRequestNumber? PullRequest => null;

    /// <summary>By this it is done once, though it may be processed again.</summary>
    public virtual WebhookDeliveryGuid? Delivery => null;

    /// <summary>Why nothing new is done there, as the beginning of a sentence; null where that can be.</summary>
    public virtual Sentence? Closed => null;

    /// <param name="named">As it was written; null: the one that the place is about.</param>
    public abstract Task<MeantCommit> CommitAsync(string? named, CancellationToken cancellationToken);
}

/// <summary>The commit that a command means.</summary>
internal abstract record MeantCommit
{
    private MeantCommit()
    {
    }

    /// <returns>What comes of acting on it; where there is none, why.</returns>
    public abstract Task<IReadOnlyList<ActResult>> ThenAsync(Func<Found, Task<IReadOnlyList<ActResult>>> act);

    public sealed record Found(CommitSha Sha, CommitSource Source) : MeantCommit
    {
        public override Task<IReadOnlyList<ActResult>> ThenAsync(Func<Found, Task<IReadOnlyList<ActResult>>> act) => act(this);
    }

    /// <summary>There is none of that name.</summary>
    public sealed record None(ActResult Result) : MeantCommit
    {
        public override Task<IReadOnlyList<ActResult>> ThenAsync(Func<Found, Task<IReadOnlyList<ActResult>>> act) =>
            Task.FromResult<IReadOnlyList<ActResult>>([Result]);
    }
}

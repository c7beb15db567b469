using Deliverybot.Data.Names;

namespace Deliverybot.Data.Changes;

/// <summary>That a channel is to be told how a deployment stands: saved or lost together with what it tells of.</summary>
public sealed class Change
{
    public long Id { get; private set; }

    public DeploymentId DeploymentId { get; init; }

    /// <summary>Who is to be told.</summary>
    public required string Channel { get; init; }

    /// <summary>The commit that the deployment has left for another, where it is of that one that is told.</summary>
    public CommitSha? LeftCommit { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>So long somebody vouches for it: the process that saved it, then a job.</summary>
    public required DateTimeOffset LeasedUntil { get; set; }

    public DateTimeOffset? ToldAt { get; set; }
}

using Deliverybot.Data.Names;

namespace Deliverybot.Jobs.Metrics;

/// <summary>A deployment that has ended at GitHub, well or badly. One that succeeded more than once is there for its first and its last time.</summary>
/// <param name="Id">Which.</param>
/// <param name="Environment">Where.</param>
/// <param name="At">When it succeeded; where it never did, when it failed.</param>
/// <param name="HasFailed">It failed, at once or after all.</param>
/// <param name="IsRollback">It went back to what had been there before: that brings no change.</param>
/// <param name="IsFirst">The commit had not succeeded in this environment before.</param>
/// <param name="CommittedAt">When the commit was made; null where nobody told.</param>
internal sealed record Finished(
    DeploymentId Id,
    EnvironmentName Environment,
    DateTimeOffset At,
    bool HasFailed,
    bool IsRollback,
    bool IsFirst,
    DateTimeOffset? CommittedAt);

namespace Deliverybot.Sandbox.Runner;

/// <summary>How the runner ends the deployments it carries out.</summary>
public enum RunnerMode
{
    Succeed,
    Fail,
    Error,

    /// <summary>Nobody listens: no status is ever reported.</summary>
    NeverReport,

    /// <summary>
    /// An Actions job with <c>environment:</c> picks it up: GitHub files a second deployment by github-actions[bot], and
    /// only that one gets statuses.
    /// </summary>
    Actions,

    /// <summary>The same, but the environment has reviewers: the job's deployment is <c>waiting</c> until somebody approves or rejects it.</summary>
    Review,
}

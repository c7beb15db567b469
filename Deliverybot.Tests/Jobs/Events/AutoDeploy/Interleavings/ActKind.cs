namespace Deliverybot.Tests.Jobs.Events.AutoDeploy.Interleavings;

internal enum ActKind
{
    Push,

    /// <summary>The head is replaced by another commit, by force.</summary>
    Rewrite,
    SetStatus,
    RunCheck,
    ReportDeployment,
    Lock,
    Unlock,

    /// <summary>One event arrives, not necessarily the oldest that is on its way.</summary>
    Deliver,

    /// <summary>An event that has arrived is processed once more, as after a fault.</summary>
    Repeat,
}

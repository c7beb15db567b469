namespace Deliverybot.Jobs.Gates;

/// <summary>What can change a gate's answer.</summary>
[Flags]
internal enum Waking
{
    /// <summary>It never lets wait.</summary>
    None = 0,

    /// <summary>The wish's branch has moved on.</summary>
    HeadMoved = 1,

    /// <summary>A check or status of the commit has ended.</summary>
    CheckEnded = 2,

    /// <summary>A lock or a hold of the environment has ended.</summary>
    LockEnded = 4,

    /// <summary>A deployment to the environment has ended.</summary>
    EnvironmentFreed = 8,

    /// <summary>A target of the repository was reached.</summary>
    TargetReached = 16,

    /// <summary>The time that the gate named with its answer has come.</summary>
    Time = 32,
}

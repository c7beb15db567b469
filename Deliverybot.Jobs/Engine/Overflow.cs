namespace Deliverybot.Jobs.Engine;

/// <summary>What becomes of a job that got no reserved worker.</summary>
internal enum Overflow
{
    /// <summary>It takes the next of the other workers.</summary>
    Ahead,

    /// <summary>It comes back after a moment.</summary>
    AskAgain,

    /// <summary>It waits until the other workers have nothing else to do.</summary>
    Rest,
}

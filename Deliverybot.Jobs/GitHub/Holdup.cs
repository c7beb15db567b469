namespace Deliverybot.Jobs.GitHub;

/// <summary>Why GitHub can't be used now.</summary>
internal enum Holdup
{
    /// <summary>It asks to wait: everything of the installation does.</summary>
    Limit,

    /// <summary>It, or the way to it, has a fault. That may concern one address only.</summary>
    Fault,

    /// <summary>It doesn't let the App in: its clock, its key, a suspension. Everything of the installation waits until that is mended.</summary>
    Access,
}

namespace Deliverybot.Jobs.GitHub.Entry;

/// <summary>Why GitHub doesn't let the App in; the names stand in the log and on the health page.</summary>
internal enum EntryFault
{
    /// <summary>This machine's clock is wrong, so that the App's signature is of another time.</summary>
    Clock,

    /// <summary>The App's number or private key isn't what GitHub has.</summary>
    Key,

    /// <summary>Somebody has suspended the installation.</summary>
    Suspension,

    /// <summary>The App isn't installed there (any more).</summary>
    Installation,

    /// <summary>A permission that is needed has not been granted.</summary>
    Permission,
}

namespace Deliverybot.Site.Settings;

/// <summary>What a process does (<c>Deliverybot:Roles</c>).</summary>
[Flags]
internal enum ProcessRoles
{
    None = 0,

    /// <summary>Serves pages, webhooks and commands.</summary>
    Web = 1,

    /// <summary>Runs the jobs.</summary>
    Worker = 2,
}

namespace Deliverybot.Sandbox.World;

/// <summary>The App on one account, for all or for chosen repositories.</summary>
public sealed class Installation
{
    public required long Id { get; init; }

    public required Account Account { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Permission → <c>read</c> or <c>write</c>.</summary>
    public Dictionary<string, string> Permissions { get; } = new(AppManifest.Permissions, StringComparer.Ordinal);

    public HashSet<string> Events { get; } = new(AppManifest.Events, StringComparer.Ordinal);

    public DateTimeOffset? SuspendedAt { get; internal set; }

    public bool AllRepositories { get; internal set; }

    internal HashSet<long> Selected { get; } = [];

    public bool Covers(Repository repository) =>
        AllRepositories ? repository.Owner.Id == Account.Id : Selected.Contains(repository.Id);
}

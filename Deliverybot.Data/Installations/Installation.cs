using Deliverybot.Data.Names;

namespace Deliverybot.Data.Installations;

/// <summary>The App on one organisation's or user's account.</summary>
public sealed class Installation
{
    public required InstallationId Id { get; init; }

    /// <summary>GitHub's number of the account; null where an earlier release wrote the row.</summary>
    public GitHubUserId? AccountId { get; init; }

    public required GitHubLogin Account { get; set; }

    /// <summary>While it is set, nothing is done for the account.</summary>
    public DateTimeOffset? SuspendedAt { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }
}

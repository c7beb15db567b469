using Deliverybot.Data.Names;

namespace Deliverybot.Data.Installations;

/// <summary>What the last event told of a repository. Its id stays, all else may change.</summary>
public sealed class Repository
{
    public required RepositoryId Id { get; init; }

    public required InstallationId InstallationId { get; set; }

    public required string Owner { get; set; }

    public required string Name { get; set; }

    public required string DefaultBranch { get; set; }

    /// <summary>Why its <c>deploy.yml</c> says nothing, as the last push that changed it on the default branch left it; null where it is sound or there is none.</summary>
    public string? DeployFileFault { get; set; }

    /// <summary>When that push was heard of.</summary>
    public DateTimeOffset? DeployFileFaultAt { get; set; }

    /// <summary>When the deployments made before the App was installed were read.</summary>
    public DateTimeOffset? HistoryReadAt { get; set; }

    public RepositoryName FullName => new(Owner, Name);
}

using Deliverybot.Data.Names;

namespace Deliverybot.Data.Activity;

/// <summary>Who did what, when: only ever added to.</summary>
public sealed class ActivityEntry
{
    public long Id { get; private set; }

    public required RepositoryId RepositoryId { get; init; }

    public required DateTimeOffset At { get; init; }

    public required GitHubUser Actor { get; init; }

    public required ActivityKind Act { get; init; }

    public EnvironmentName? Environment { get; init; }

    public DeploymentId? DeploymentId { get; init; }

    public CommitSha? Sha { get; init; }

    /// <summary>The reason a person gave, or what was overtaken.</summary>
    public Sentence Detail { get; init; } = Sentence.Empty;
}

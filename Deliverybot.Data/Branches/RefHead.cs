using Deliverybot.Data.Names;

namespace Deliverybot.Data.Branches;

/// <summary>Where a branch or tag points, by the last push that told us.</summary>
public sealed class RefHead
{
    public required RepositoryId RepositoryId { get; init; }

    public required GitRef Ref { get; init; }

    /// <summary>Null: the ref was deleted.</summary>
    public CommitSha? Sha { get; set; }

    public required DateTimeOffset SeenAt { get; set; }

    /// <summary>The commit of the branch that was told last whether its <c>deploy.yml</c> is sound; null where none changed the file.</summary>
    public CommitSha? RulesToldOn { get; set; }
}

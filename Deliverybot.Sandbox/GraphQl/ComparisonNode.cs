using Deliverybot.Sandbox.Rendering;
using Deliverybot.Sandbox.World;

namespace Deliverybot.Sandbox.GraphQl;

/// <summary>How a commit stands to the head of a branch.</summary>
internal sealed class ComparisonNode(Repository repository, Comparison comparison)
{
    public string Id => NodeId.Of("Comparison" + comparison.Base.Sha + comparison.Head.Sha, repository.Id);

    public int AheadBy => comparison.Ahead.Count;

    public int BehindBy => comparison.BehindBy;

    public string Status => comparison.Status.ToUpperInvariant();
}

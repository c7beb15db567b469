using Deliverybot.Data.Names;

namespace Deliverybot.Jobs.Core;

/// <summary>An earlier deployment as a rollback repeats it: nothing is rendered again.</summary>
/// <param name="Of">The earlier deployment.</param>
/// <param name="From">The commit that is left: what is newer ends the hold.</param>
/// <param name="Rendered">What it carried.</param>
internal sealed record Repetition(DeploymentId Of, CommitSha From, RenderedWish.Whole Rendered);

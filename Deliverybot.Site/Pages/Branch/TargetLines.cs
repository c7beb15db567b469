using Deliverybot.Data.Names;

namespace Deliverybot.Site.Pages.Branch;

/// <summary>The targets that a commit can be deployed to.</summary>
internal sealed record TargetLines(CommitSha Sha, IReadOnlyList<TargetLine> Lines);

using Deliverybot.Data.Names;

namespace Deliverybot.Site.Pages.Commit;

/// <summary>A target that a commit was never wished for, and what would make it so.</summary>
internal sealed record UnaskedTarget(TargetName Target, string Follows);

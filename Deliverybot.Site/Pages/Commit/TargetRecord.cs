using Deliverybot.Data.Names;

namespace Deliverybot.Site.Pages.Commit;

/// <summary>What was decided about a commit and one target in one environment: the last wish, and those before it.</summary>
internal sealed record TargetRecord(TargetName Target, EnvironmentName Environment, WishView Last, IReadOnlyList<WishView> Earlier);

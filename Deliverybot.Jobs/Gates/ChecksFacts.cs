namespace Deliverybot.Jobs.Gates;

/// <summary>The required contexts that GitHub named as unmet, with the states it gave.</summary>
internal sealed record ChecksFacts(IReadOnlyList<UnmetCheck> Unmet);

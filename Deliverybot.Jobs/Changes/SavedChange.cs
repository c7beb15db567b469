namespace Deliverybot.Jobs.Changes;

/// <summary>A row of the outbox, and what it tells of.</summary>
internal sealed record SavedChange(long Id, string Channel, Happening Happening);

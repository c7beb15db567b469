namespace Deliverybot.Jobs.Surfaces.Words;

/// <summary>For how long and why an environment is to be locked.</summary>
/// <param name="For">Null: until somebody unlocks it.</param>
/// <param name="Reason">Empty if none was given.</param>
internal sealed record LockTerms(TimeSpan? For, string Reason);

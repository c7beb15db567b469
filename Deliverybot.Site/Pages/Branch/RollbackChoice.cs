namespace Deliverybot.Site.Pages.Branch;

/// <summary>An environment that runs a commit.</summary>
/// <param name="Place">What a rollback is to be asked for: the target, or the environment where that isn't one target's alone.</param>
internal sealed record RollbackChoice(EnvironmentName Environment, string Place);

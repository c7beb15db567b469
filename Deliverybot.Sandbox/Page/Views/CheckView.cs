namespace Deliverybot.Sandbox.Page.Views;

/// <summary>
/// A check run, or a commit status (which has no run and can't be finished here). The state is GitHub's conclusion or,
/// while there is none, its status.
/// </summary>
public sealed record CheckView(long? RunId, string Name, string State, string? Description)
{
    public bool CanFinish => RunId is not null && State is "queued" or "in_progress";
}

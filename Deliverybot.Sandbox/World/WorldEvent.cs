namespace Deliverybot.Sandbox.World;

/// <summary>Something happened: the name and action are those of the webhook.</summary>
public sealed record WorldEvent(string Name, string? Action, Repository? Repository, Account Sender)
{
    /// <summary>What a push now points to, or the head of a pull request.</summary>
    public string? After { get; init; }
}

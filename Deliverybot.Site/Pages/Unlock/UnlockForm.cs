namespace Deliverybot.Site.Pages.Unlock;

/// <summary>What the form sends, as text.</summary>
public sealed record UnlockForm
{
    public string? Environment { get; init; }

    public string? ReturnUrl { get; init; }
}

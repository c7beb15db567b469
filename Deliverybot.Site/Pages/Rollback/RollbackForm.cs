namespace Deliverybot.Site.Pages.Rollback;

/// <summary>What the form sends, as text.</summary>
public sealed record RollbackForm
{
    public string? Target { get; init; }

    public string? ReturnUrl { get; init; }
}

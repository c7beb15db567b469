namespace Deliverybot.Site.Pages.Cancel;

/// <summary>What the form sends, as text.</summary>
public sealed record CancelForm
{
    public string? Id { get; init; }

    public string? ReturnUrl { get; init; }
}

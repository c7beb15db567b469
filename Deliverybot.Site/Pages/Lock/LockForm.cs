namespace Deliverybot.Site.Pages.Lock;

/// <summary>What the form sends, as text.</summary>
public sealed record LockForm
{
    public string? Environment { get; init; }

    public string? Reason { get; init; }

    public string? Hours { get; init; }

    public string? ReturnUrl { get; init; }
}

namespace Deliverybot.Site.Pages.Promote;

/// <summary>What the form sends, as text.</summary>
public sealed record PromoteForm
{
    public string? Sha { get; init; }

    public string? Ref { get; init; }

    public string? ReturnUrl { get; init; }
}

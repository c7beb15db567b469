namespace Deliverybot.Site.Pages.Deploy;

/// <summary>What the form sends, as text.</summary>
public sealed record DeployForm
{
    public string? Target { get; init; }

    public string? Sha { get; init; }

    public string? Ref { get; init; }

    public string? Force { get; init; }

    public string? Task { get; init; }

    public string? ReturnUrl { get; init; }

    internal bool IsForced => string.Equals(Force, "true", StringComparison.OrdinalIgnoreCase);
}

namespace Deliverybot.Jobs.Surfaces.Slack;

/// <summary>The section <c>Slack</c> of the settings. Nothing of an App set: Slack is off.</summary>
internal sealed class SlackOptions
{
    public const string Section = "Slack";

    public Uri Url { get; set; } = new("https://slack.com");

    public string? ClientId { get; set; }

    public string? ClientSecret { get; set; }

    public string? SigningSecret { get; set; }

    /// <summary>Whether an address that a command names is Slack's: answers go nowhere else.</summary>
    public bool Owns(Uri address) =>
        address.Scheme == Url.Scheme
        && address.Port == Url.Port
        && (address.Host.Equals(Url.Host, StringComparison.OrdinalIgnoreCase)
            || address.Host.EndsWith($".{Url.Host}", StringComparison.OrdinalIgnoreCase));
}

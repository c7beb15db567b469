namespace Deliverybot.Site.Pages.Shared;

/// <summary>Whoever writes a status chooses its links: only a web address becomes one.</summary>
internal static class SafeUrl
{
    public static string? Of(string? url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var link) && link.Scheme is "https" or "http" ? url : null;
}

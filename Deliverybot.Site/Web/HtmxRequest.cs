namespace Deliverybot.Site.Web;

/// <summary>What htmx says of a request (<see href="https://htmx.org/reference/#request_headers"/>).</summary>
internal static class HtmxRequest
{
    public static bool IsHtmx(this HttpRequest request) => request.Headers.ContainsKey("HX-Request");

    /// <summary>The page that is open in the browser, without its host; null for a plain request.</summary>
    public static string? HtmxPage(this HttpRequest request) =>
        request.IsHtmx() && Uri.TryCreate(request.Headers["HX-Current-URL"], UriKind.Absolute, out var page) ? page.PathAndQuery : null;
}

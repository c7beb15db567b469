using Deliverybot.Site.Settings;

namespace Deliverybot.Site.Operations;

/// <summary>
/// Gives every request the scheme and host of <c>Deliverybot:PublicUrl</c>: links, redirects and cookies follow the setting,
/// whatever a proxy forwards or a client puts into <c>Host</c>.
/// </summary>
internal sealed class PublicAddress(RequestDelegate next, SiteSettings settings)
{
    private readonly string scheme = settings.PublicUrl.Scheme;
    private readonly HostString host = new(settings.PublicUrl.Authority);

    public Task InvokeAsync(HttpContext context)
    {
        context.Request.Scheme = scheme;
        context.Request.Host = host;
        return next(context);
    }
}

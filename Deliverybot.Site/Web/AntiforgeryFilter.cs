using Microsoft.AspNetCore.Antiforgery;

namespace Deliverybot.Site.Web;

/// <summary>400 for a form that doesn't come from a page of ours. (Razor Pages check this by themselves.)</summary>
internal sealed class AntiforgeryFilter(IAntiforgery antiforgery) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        await antiforgery.IsRequestValidAsync(context.HttpContext) ? await next(context) : TypedResults.BadRequest();
}

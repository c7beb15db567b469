namespace Deliverybot.Sandbox.Page.Acts;

/// <summary>Refuses forms that another site's page sends: a browser names the sender in <c>Origin</c>.</summary>
internal sealed class SameOrigin : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var request = context.HttpContext.Request;
        var origin = request.Headers.Origin.ToString();
        return origin.Length == 0 || origin == $"{request.Scheme}://{request.Host}"
            ? await next(context)
            : Results.StatusCode(StatusCodes.Status403Forbidden);
    }
}

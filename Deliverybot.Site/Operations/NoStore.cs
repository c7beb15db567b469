using Microsoft.AspNetCore.StaticAssets;

namespace Deliverybot.Site.Operations;

/// <summary>
/// Nothing that is answered is kept, by a browser or on the way: it is one person's view of a repository, a step of the sign-in, or how
/// things stand now. Only static files are the same for everybody; they say themselves how long they last.
/// </summary>
internal static class NoStore
{
    private const string Value = "no-store";

    public static void UseNoStore(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        context.Response.OnStarting(Forbid, context);
        return next(context);
    });

    private static Task Forbid(object state)
    {
        var context = (HttpContext)state;
        var headers = context.Response.Headers;
        if (!headers.CacheControl.ToString().Contains(Value, StringComparison.OrdinalIgnoreCase)
            && context.GetEndpoint()?.Metadata.GetMetadata<StaticAssetDescriptor>() is null)
        {
            headers.CacheControl = Value;
        }

        return Task.CompletedTask;
    }
}

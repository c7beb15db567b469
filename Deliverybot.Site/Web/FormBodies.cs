using Microsoft.AspNetCore.Http.Features;

namespace Deliverybot.Site.Web;

/// <summary>
/// What browsers send is small, and is read whole before anybody is asked who it is: so no page, no sign-in and no dashboard can be kept
/// waiting for a body, and none holds more than a form.
/// </summary>
internal sealed class FormBodies(RequestDelegate next, UnknownBodies bodies)
{
    /// <summary>The largest is a payload or a file that is tried out.</summary>
    public const int Largest = 1024 * 1024;

    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    public async Task InvokeAsync(HttpContext context)
    {
        if (context.Features.Get<IHttpRequestBodyDetectionFeature>() is not { CanHaveBody: true })
        {
            await next(context);
            return;
        }

        switch (await bodies.ReadAsync(context.Request, Largest, Longest, static _ => true, context.RequestAborted))
        {
            case BodyRead.Whole(var bytes):
                context.Request.Body = new MemoryStream(bytes, writable: false);
                await next(context);
                break;
            case var refused:
                await BodyRead.Refused(context, refused, "No form is as large as this.").ExecuteAsync(context);
                break;
        }
    }
}

using Deliverybot.Site.Addresses;
using Deliverybot.Site.Web;

namespace Deliverybot.Site.SignIn;

/// <summary>Sends somebody who has to sign in there and back again.</summary>
internal static class SignInRedirect
{
    public static async Task SendAsync(HttpContext context)
    {
        var response = context.Response;
        if (context.Request.Headers.Accept.Contains("text/event-stream"))
        {
            // A page's event stream can't follow a redirect to a page: it is told to stop instead.
            response.StatusCode = StatusCodes.Status401Unauthorized;
        }
        else if (context.Request.IsHtmx())
        {
            response.StatusCode = StatusCodes.Status204NoContent;
            response.Headers["HX-Redirect"] = Address.SignInAndReturnTo(await BackAsync(context));
        }
        else
        {
            response.Redirect(Address.SignInAndReturnTo(await BackAsync(context)));
        }
    }

    /// <summary>The page that was asked for; or, for a form that could be kept, the one that shows it again.</summary>
    public static async Task<string> BackAsync(HttpContext context) =>
        await context.RequestServices.GetRequiredService<KeptForms>().KeepAsync(context)
            ? ReturnUrl.LocalOr(context.Request.Path, Address.Home)
            : ReturnUrl.Of(context.Request);
}

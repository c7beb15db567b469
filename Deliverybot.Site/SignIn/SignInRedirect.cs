using Deliverybot.Site.Addresses;
using Deliverybot.Site.Web;

namespace Deliverybot.Site.SignIn;

/// <summary>Sends somebody who has to sign in there and back again.</summary>
internal static class SignInRedirect
{
    public static Task SendAsync(HttpContext context)
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
            response.Headers["HX-Redirect"] = Address.SignInAndReturnTo(ReturnUrl.Of(context.Request));
        }
        else
        {
            response.Redirect(Address.SignInAndReturnTo(ReturnUrl.Of(context.Request)));
        }

        return Task.CompletedTask;
    }
}

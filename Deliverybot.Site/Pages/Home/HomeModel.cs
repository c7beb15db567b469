using Deliverybot.Site.SignIn;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Deliverybot.Site.Pages.Home;

[Microsoft.AspNetCore.Authorization.AllowAnonymous]
internal sealed class HomeModel : PageModel
{
    public bool SignedIn => UserSession.TryOf(HttpContext) is not null;
}

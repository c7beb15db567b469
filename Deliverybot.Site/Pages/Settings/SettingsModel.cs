using Deliverybot.Site.Addresses;
using Deliverybot.Site.SignIn;
using Deliverybot.Site.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Deliverybot.Site.Pages.Settings;

internal sealed class SettingsModel(UserSession session, SignOut signOut) : PageModel
{
    public UserSession Session => session;

    public async Task<IActionResult> OnPostSignOutEverywhereAsync(CancellationToken cancellationToken)
    {
        await signOut.EverywhereAsync(HttpContext, session, cancellationToken);
        return new SeeOtherResult(Address.Home);
    }
}

using Deliverybot.Jobs.Privacy;
using Deliverybot.Site.Addresses;
using Deliverybot.Site.SignIn;
using Deliverybot.Site.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Deliverybot.Site.Pages.Settings;

internal sealed class DeleteDataModel(UserSession session, PersonalData data, SignOut signOut) : PageModel
{
    public UserSession Session => session;

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        // First of all: the tokens of the links to Slack can be revoked only while they are there.
        await signOut.EverywhereAsync(HttpContext, session, cancellationToken);
        data.Request(session.UserId);
        return new SeeOtherResult(Address.Home);
    }
}

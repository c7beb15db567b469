using Deliverybot.Site.SignIn;
using Deliverybot.Site.Slack.Linking;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Deliverybot.Site.Pages.Slack;

/// <summary>Names both accounts and asks, before anything is linked.</summary>
internal sealed class ConfirmModel(UserSession session, IAuthenticationSchemeProvider schemes) : PageModel
{
    public UserSession Session => session;

    public SlackIdentity Identity { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync()
    {
        if (await schemes.GetSchemeAsync(SlackSchemes.Pending) is null)
        {
            return NotFound();
        }

        var pending = await HttpContext.AuthenticateAsync(SlackSchemes.Pending);
        if (SlackClaims.Identity(pending.Principal) is not { } identity)
        {
            return Redirect(LinkFault.Unfinished.Page());
        }

        if (await SlackLinking.StillOfAsync(HttpContext, pending.Properties) is null)
        {
            return Redirect(LinkFault.OtherSession.Page());
        }

        Identity = identity;
        return Page();
    }
}

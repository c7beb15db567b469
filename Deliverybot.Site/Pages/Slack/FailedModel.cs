using Deliverybot.Site.Slack.Linking;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Deliverybot.Site.Pages.Slack;

internal sealed class FailedModel(IAuthenticationSchemeProvider schemes) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public LinkFault Why { get; set; }

    public string Reason => Why switch
    {
        LinkFault.OtherSession => "This was begun by another GitHub account than the one that is signed in here now.",
        LinkFault.OtherAccount => "GitHub answered for another account than the one that is signed in here. Switch the account at GitHub, then try again.",
        LinkFault.NotAdded => "Your Slack workspace hasn’t added Deliverybot yet. Somebody who may add apps there does it once for all.",
        LinkFault.NoWorkspace => "Slack named no workspace. Add the app to a workspace, not to a whole organisation.",
        _ => "Slack or GitHub was left before it said yes, it took too long, this browser blocks cookies, or the link was begun in another browser.",
    };

    public async Task<IActionResult> OnGetAsync() => await schemes.GetSchemeAsync(SlackSchemes.Pending) is null ? NotFound() : Page();
}

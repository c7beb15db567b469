using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Deliverybot.Site.Pages.SignIn;

[AllowAnonymous]
internal sealed class FailedModel : PageModel;

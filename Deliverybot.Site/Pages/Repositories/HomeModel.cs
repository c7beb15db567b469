using Deliverybot.Jobs.GitHub.Transport;
using Deliverybot.Site.Pages.Shared;
using Deliverybot.Site.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;

namespace Deliverybot.Site.Pages.Repositories;

[AllowAnonymous]
internal sealed class HomeModel(GitHubLinks links, IOptions<GitHubOptions> gitHub) : PageModel
{
    /// <summary>What was typed to find a repository.</summary>
    [BindProperty(SupportsGet = true, Name = "find")]
    public string? Find { get; set; }

    /// <summary>Whether all that needs somebody is listed.</summary>
    [BindProperty(SupportsGet = true, Name = "needs")]
    public string? Needs { get; set; }

    /// <summary>Null for a visitor who isn't signed in.</summary>
    public ReachedView? View { get; private set; }

    public string InstallUrl => links.Install(gitHub.Value.AppSlug);

    public async Task OnGetAsync(CancellationToken cancellationToken) => View = await ReadAsync(isOpened: true, cancellationToken);

    /// <summary>For an open page, which puts in what differs.</summary>
    public async Task<IActionResult> OnGetChangesAsync(CancellationToken cancellationToken) =>
        await ReadAsync(isOpened: false, cancellationToken) is { } view ? Partial("_Reached", view) : Unauthorized();

    // Not by the constructor: the reader asks for a session, and a signed-out visitor has none.
    private async Task<ReachedView?> ReadAsync(bool isOpened, CancellationToken cancellationToken) =>
        UserSession.TryOf(HttpContext) is null
            ? null
            : await HttpContext.RequestServices.GetRequiredService<RepositoriesReader>()
                .ReadAsync(ReachedQuery.Of(owner: null, ReachedQuery.First, Find, Needs), isOpened, cancellationToken);
}

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

    /// <summary>Whether some repositories are not on the page: then typing has to ask the server.</summary>
    public bool IsPart => Installations.Any(installation => installation.Lines.Count < installation.Total);

    public bool IsSignedIn { get; private set; }

    public IReadOnlyList<InstallationView> Installations { get; private set; } = [];

    public string InstallUrl => links.Install(gitHub.Value.AppSlug);

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        IsSignedIn = UserSession.TryOf(HttpContext) is not null;
        if (IsSignedIn)
        {
            // Not by the constructor: the reader asks for a session, and a signed-out visitor has none.
            Installations = await HttpContext.RequestServices.GetRequiredService<RepositoriesReader>().AllAsync(Find, cancellationToken);
        }
    }
}

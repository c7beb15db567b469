using Deliverybot.Data.Names;
using Deliverybot.Jobs.GitHub.Access;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Deliverybot.Site.Pages.Repositories;

internal sealed class OwnerModel(RepositoriesReader reader) : PageModel
{
    public InstallationView Installation { get; private set; } = null!;

    public int Number { get; private set; }

    public bool HasMore => Number * RepositoryPage.Size < Installation.Total;

    public async Task<IActionResult> OnGetAsync(string owner, int number = RepositoriesReader.FirstPage, CancellationToken cancellationToken = default)
    {
        Number = Math.Max(number, RepositoriesReader.FirstPage);
        var installation = await reader.OfAsync(new GitHubLogin(owner), Number, cancellationToken);
        if (installation is null)
        {
            return NotFound();
        }

        Installation = installation;
        return Page();
    }
}

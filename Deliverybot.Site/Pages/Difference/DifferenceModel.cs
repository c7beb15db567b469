using Deliverybot.Data.Names;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Deliverybot.Site.Pages.Difference;

internal sealed class DifferenceModel(DifferenceReader reader) : PageModel
{
    public DifferenceView View { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(
        string owner, string repo, string? environment, string? with, [FromQuery(Name = "ref")] string? name, string? sha, CancellationToken cancellationToken)
    {
        if (await reader.ReadAsync(new RepositoryName(owner, repo), DifferenceQuery.Of(environment, with, name, sha), cancellationToken) is not { } view)
        {
            return NotFound();
        }

        View = view;
        return Page();
    }
}

using Deliverybot.Data.Names;
using Deliverybot.Site.Pages.Repositories;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Deliverybot.Site.Pages.Environments;

internal sealed class EnvironmentsModel(BoardReader reader, RecentRepositories recent) : PageModel
{
    public BoardView View { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(string owner, string repo, CancellationToken cancellationToken)
    {
        if (await reader.ReadAsync(new RepositoryName(owner, repo), cancellationToken) is not { } view)
        {
            return NotFound();
        }

        recent.Visit(HttpContext, view.Access.Id);
        View = view;
        return Page();
    }

    /// <summary>For an open page, which puts in the rows that differ.</summary>
    public async Task<IActionResult> OnGetChangesAsync(string owner, string repo, CancellationToken cancellationToken) =>
        await reader.ReadAsync(new RepositoryName(owner, repo), cancellationToken) is { } view ? Partial("_Board", view) : NotFound();
}

using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Deliverybot.Site.Pages.Repositories;

internal sealed class OwnerModel(RepositoriesReader reader) : PageModel
{
    public ReachedView View { get; private set; } = null!;

    /// <inheritdoc cref="HomeModel.Find"/>
    [BindProperty(SupportsGet = true, Name = "find")]
    public string? Find { get; set; }

    /// <inheritdoc cref="HomeModel.Needs"/>
    [BindProperty(SupportsGet = true, Name = "needs")]
    public string? Needs { get; set; }

    [BindProperty(SupportsGet = true, Name = "number")]
    public int Number { get; set; } = ReachedQuery.First;

    public async Task<IActionResult> OnGetAsync(string owner, CancellationToken cancellationToken)
    {
        if (await ReadAsync(owner, isOpened: true, cancellationToken) is not { } view)
        {
            return NotFound();
        }

        View = view;
        return Page();
    }

    /// <summary>For an open page, which puts in what differs.</summary>
    public async Task<IActionResult> OnGetChangesAsync(string owner, CancellationToken cancellationToken) =>
        await ReadAsync(owner, isOpened: false, cancellationToken) is { } view ? Partial("_Reached", view) : NotFound();

    private Task<ReachedView?> ReadAsync(string owner, bool isOpened, CancellationToken cancellationToken) =>
        reader.ReadAsync(ReachedQuery.Of(owner, Number, Find, Needs), isOpened, cancellationToken);
}

using Deliverybot.Data.Names;
using Deliverybot.Site.Rights;
using Deliverybot.Site.SignIn;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Deliverybot.Site.Pages.Environments;

internal sealed class EnvironmentsModel(BoardReader reader, AppCoverage coverage, RecentRepositories recent) : PageModel
{
    public BoardView View { get; private set; } = null!;

    /// <summary>The form that was asked for, where scripts don't put it in.</summary>
    public RowFormView? Form { get; private set; }

    /// <summary>The page of the board.</summary>
    [BindProperty(SupportsGet = true, Name = "number")]
    public int Number { get; set; } = BoardQuery.First;

    /// <summary>What was typed to find an environment.</summary>
    [BindProperty(SupportsGet = true, Name = "find")]
    public string? Find { get; set; }

    private BoardQuery Query => BoardQuery.Of(Number, Find);

    public async Task<IActionResult> OnGetAsync(string owner, string repo, string? act, string? environment, CancellationToken cancellationToken)
    {
        if (await ReadAsync(owner, repo, cancellationToken) is not { } view)
        {
            return NotFound();
        }

        recent.Visit(HttpContext, view.Access.Id);
        View = view;
        Form = await ReadFormAsync(view.Access.Name, act, environment, cancellationToken);
        return Page();
    }

    /// <summary>For an open page, which puts in the rows that differ.</summary>
    public async Task<IActionResult> OnGetChangesAsync(string owner, string repo, CancellationToken cancellationToken) =>
        await ReadAsync(owner, repo, cancellationToken) is { } view ? Partial("_BoardChanges", view) : NotFound();

    /// <summary>For a menu that has just been opened.</summary>
    public async Task<IActionResult> OnGetFormAsync(string owner, string repo, string? act, string? environment, CancellationToken cancellationToken) =>
        await ReadFormAsync(new RepositoryName(owner, repo), act, environment, cancellationToken) is { } form ? Partial("_RowForm", form) : NotFound();

    private async Task<BoardView?> ReadAsync(string owner, string repo, CancellationToken cancellationToken) =>
        await reader.ReadAsync(new RepositoryName(owner, repo), Query, cancellationToken) is { } view
            ? view with { IsLetIn = await coverage.FindAsync(view.Access.Name, cancellationToken) is null }
            : null;

    private async Task<RowFormView?> ReadFormAsync(RepositoryName repository, string? act, string? environment, CancellationToken cancellationToken) =>
        EnumWords.TryRead<RowForm>(act, out var meant) && environment is { Length: > 0 }
            ? await reader.ReadFormAsync(repository, new EnvironmentName(environment), meant, Query, cancellationToken)
            : null;
}

using Deliverybot.Data.Names;
using Deliverybot.Site.Pages.Repositories;
using Deliverybot.Site.Rights;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Deliverybot.Site.Pages.Branch;

internal sealed class BranchModel(BranchReader reader, PlacementsReader placements, RepositoryAuthorization authorization, RecentRepositories recent) : PageModel
{
    public BranchView View { get; private set; } = null!;

    /// <summary>What was typed to find a branch.</summary>
    [BindProperty(SupportsGet = true, Name = "find")]
    public string? Find { get; set; }

    /// <summary>Whether this is a later page of the history.</summary>
    public bool IsContinued { get; private set; }

    public async Task<IActionResult> OnGetAsync(string owner, string repo, string? branch, string? after, CancellationToken cancellationToken)
    {
        var shown = BranchLinks.Read(branch);
        var view = await reader.ReadAsync(new RepositoryName(owner, repo), shown, after, Find, cancellationToken);
        if (view is null || (shown is not null && view.Shown is null))
        {
            return NotFound();
        }

        recent.Visit(HttpContext, view.Access.Id);
        View = view;
        IsContinued = after is not null;
        return Page();
    }

    /// <summary>For a form that has just been opened: what each target would do with the commit.</summary>
    public async Task<IActionResult> OnGetProspectsAsync(
        string owner, string repo, string? branch, string? sha, [FromServices] ProspectsReader prospects, CancellationToken cancellationToken) =>
        CommitSha.TryParse(sha, out var commit)
        && await prospects.ReadAsync(new RepositoryName(owner, repo), commit, BranchLinks.Read(branch), cancellationToken) is { } lines
            ? Partial("_Targets", lines)
            : NotFound();

    /// <summary>For an open page: the parts that these deployments changed.</summary>
    public async Task<IActionResult> OnGetChangesAsync(string owner, string repo, string? branch, long[] id, CancellationToken cancellationToken)
    {
        var deployments = id.Select(number => new DeploymentId(number)).ToList();
        var access = await authorization.SeeAsync(new RepositoryName(owner, repo), cancellationToken);
        return access is null
            ? NotFound()
            : Partial("_Changes", await placements.ChangedByAsync(access, BranchLinks.Read(branch) ?? access.DefaultBranch, deployments, cancellationToken));
    }
}

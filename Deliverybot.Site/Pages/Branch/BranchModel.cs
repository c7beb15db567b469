using Deliverybot.Data.Names;
using Deliverybot.Site.Addresses;
using Deliverybot.Site.Rights;
using Deliverybot.Site.SignIn;
using Deliverybot.Site.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Deliverybot.Site.Pages.Branch;

internal sealed class BranchModel(BranchReader reader, PlacementsReader placements, RepositoryAuthorization authorization, AppCoverage coverage, GitHubSilence silence, RecentRepositories recent) : PageModel
{
    public BranchView View { get; private set; } = null!;

    /// <summary>What was typed to find a branch.</summary>
    [BindProperty(SupportsGet = true, Name = "find")]
    public string? Find { get; set; }

    /// <summary>Where a later page of the history begins; null on the first.</summary>
    [BindProperty(SupportsGet = true, Name = "after")]
    public string? After { get; set; }

    /// <summary>Whether what goes on shows here. Of other branches and older commits the tab of the browser doesn't tell: their failures are past.</summary>
    public bool ShowsNews => After is null && View.Shown == View.Access.DefaultBranch;

    /// <summary>The branch or tag that was asked for, where the repository has none of that name; null where it is shown.</summary>
    public GitRef? Missing { get; private set; }

    /// <summary>The form that was asked for, where scripts don't put it in.</summary>
    public DeployFormView? DeployForm { get; private set; }

    /// <param name="deploy">The commit whose form is to be shown.</param>
    public async Task<IActionResult> OnGetAsync(
        string owner, string repo, string? branch, string? deploy, [FromServices] DeployFormReader forms, CancellationToken cancellationToken)
    {
        var shown = Address.ReadBranch(branch);
        var view = await reader.ReadAsync(new RepositoryName(owner, repo), shown, After, Find, cancellationToken);
        if (view is null)
        {
            return NotFound();
        }

        if (silence.IsMet && Request.IsHtmx())
        {
            // What an open page shows is more than we know ourselves.
            return StatusCode(StatusCodes.Status503ServiceUnavailable);
        }

        recent.Visit(HttpContext, view.Access.Id);
        if (shown is not null && view.Shown is null)
        {
            (View, Missing) = (view, shown);
            Response.StatusCode = StatusCodes.Status404NotFound;
            return Page();
        }

        View = view = view with { IsLetIn = await coverage.FindAsync(view.Access.Name, cancellationToken) is null };
        if (CommitSha.TryParse(deploy, out var sha) && view is { CanDeploy: true, Shown: { } lookedAt })
        {
            DeployForm = await forms.ReadAsync(view.Access.Name, sha, lookedAt, Address.Branch(view.Access.Name, lookedAt, After), cancellationToken);
        }

        return Page();
    }

    /// <summary>For a menu that has just been opened: what can be done with the commit.</summary>
    public async Task<IActionResult> OnGetDeployFormAsync(
        string owner, string repo, string? branch, string? sha, [FromServices] DeployFormReader forms, CancellationToken cancellationToken)
    {
        var name = new RepositoryName(owner, repo);
        var back = Request.HtmxPage() ?? Address.Repository(name);
        return CommitSha.TryParse(sha, out var commit) && await forms.ReadAsync(name, commit, Address.ReadBranch(branch), back, cancellationToken) is { } form
            ? Partial("_DeployForm", form)
            : NotFound();
    }

    /// <summary>For an open page: the parts that these deployments changed.</summary>
    public async Task<IActionResult> OnGetChangesAsync(string owner, string repo, string? branch, long[] id, CancellationToken cancellationToken)
    {
        var deployments = id.Select(number => new DeploymentId(number)).ToList();
        var access = await authorization.LookAsync(new RepositoryName(owner, repo), cancellationToken);
        return access is null
            ? NotFound()
            : Partial("_Changes", await placements.ChangedByAsync(access, Address.ReadBranch(branch) ?? access.DefaultBranch, deployments, cancellationToken));
    }
}

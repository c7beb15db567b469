using Deliverybot.Data.Names;
using Deliverybot.Site.Rights;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Deliverybot.Site.Pages.Deployments;

internal sealed class DeploymentsModel(RepositoryAuthorization authorization, DeploymentsReader reader) : PageModel
{
    public RepositoryAccess Access { get; private set; } = null!;

    [FromQuery]
    public DeploymentsFilter Filter { get; set; } = new();

    public DeploymentsSuggestions Suggestions { get; private set; } = null!;

    public IReadOnlyList<DeploymentLine> Lines { get; private set; } = [];

    public bool IsContinued { get; private set; }

    public bool HasOlder { get; private set; }

    public async Task<IActionResult> OnGetAsync(string owner, string repo, long? before, CancellationToken cancellationToken)
    {
        var access = await authorization.SeeAsync(new RepositoryName(owner, repo), cancellationToken);
        if (access is null)
        {
            return NotFound();
        }

        var lines = await reader.ListAsync(access.Id, Filter, before is { } last ? new DeploymentId(last) : null, cancellationToken);
        Access = access;
        Lines = [.. lines.Take(DeploymentsReader.PageSize)];
        IsContinued = before is not null;
        HasOlder = lines.Count > Lines.Count;
        Suggestions = await reader.SuggestAsync(access.Id, cancellationToken);
        return Page();
    }
}

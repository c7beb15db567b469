using Deliverybot.Data.Names;
using Deliverybot.Site.Rights;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Deliverybot.Site.Pages.Deployments;

internal sealed class DeploymentModel(RepositoryAuthorization authorization, DeploymentsReader reader, ReleaseReader releases, OperatorAuthorization operators) : PageModel
{
    public RepositoryAccess Access { get; private set; } = null!;

    public DeploymentStory Story { get; private set; } = null!;

    public ReleaseView Release { get; private set; } = null!;

    /// <summary>Whether the way to its jobs is shown.</summary>
    public bool IsOperator { get; private set; }

    public async Task<IActionResult> OnGetAsync(string owner, string repo, long id, CancellationToken cancellationToken)
    {
        var access = await authorization.SeeAsync(new RepositoryName(owner, repo), cancellationToken);
        var story = access is null ? null : await reader.FindAsync(access.Id, new DeploymentId(id), cancellationToken);
        if (story is null)
        {
            return NotFound();
        }

        Access = access!;
        Story = story;
        Release = await releases.ReadAsync(Access, story.Deployment, cancellationToken);
        IsOperator = await operators.IsOperatorAsync(cancellationToken);
        return Page();
    }
}

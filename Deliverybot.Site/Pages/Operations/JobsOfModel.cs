using Deliverybot.Data.Names;
using Deliverybot.Jobs.Engine;
using Deliverybot.Site.Rights;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Deliverybot.Site.Pages.Operations;

/// <summary>The jobs of one deployment: the way from our page to Hangfire's. For operators; for others there is no such page.</summary>
internal sealed class JobsOfModel(OperatorAuthorization operators, DeploymentJobs reader) : PageModel
{
    public long Id { get; private set; }

    public JobSubject? Subject { get; private set; }

    public IReadOnlyList<JobLine> Found { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(long id, CancellationToken cancellationToken)
    {
        if (!await operators.IsOperatorAsync(cancellationToken) || await reader.SubjectAsync(new DeploymentId(id), cancellationToken) is not { } subject)
        {
            return NotFound();
        }

        Id = id;
        Subject = subject;
        Found = await reader.ReadAsync(new DeploymentId(id), subject.Repository, cancellationToken);
        return Page();
    }
}

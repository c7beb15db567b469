using Deliverybot.Data.Names;
using Deliverybot.Site.Rights;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Deliverybot.Site.Pages.Activity;

internal sealed class ActivityModel(RepositoryAuthorization authorization, ActivityReader reader) : PageModel
{
    public RepositoryAccess Access { get; private set; } = null!;

    [FromQuery]
    public ActivityFilter Filter { get; set; } = new();

    public ActivitySuggestions Suggestions { get; private set; } = ActivitySuggestions.Of([]);

    public IReadOnlyList<ActivityLine> Lines { get; private set; } = [];

    public bool IsContinued { get; private set; }

    public bool HasOlder { get; private set; }

    public async Task<IActionResult> OnGetAsync(string owner, string repo, long? before, CancellationToken cancellationToken)
    {
        var access = await authorization.LookAsync(new RepositoryName(owner, repo), cancellationToken);
        if (access is null)
        {
            return NotFound();
        }

        var lines = await reader.ListAsync(access.Id, Filter, before, cancellationToken);
        Access = access;
        Lines = [.. lines.Take(ActivityReader.PageSize)];
        Suggestions = ActivitySuggestions.Of(Lines);
        IsContinued = before is not null;
        HasOlder = lines.Count > Lines.Count;
        return Page();
    }
}

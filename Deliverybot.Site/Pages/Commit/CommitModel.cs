using Deliverybot.Data.Names;
using Deliverybot.Site.Addresses;
using Deliverybot.Site.Rights;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Deliverybot.Site.Pages.Commit;

internal sealed class CommitModel(RepositoryAuthorization authorization, CommitReader reader) : PageModel
{
    public CommitView View { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(string owner, string repo, string sha, CancellationToken cancellationToken)
    {
        var access = await authorization.LookAsync(new RepositoryName(owner, repo), cancellationToken);
        if (access is null)
        {
            return NotFound();
        }

        if (!CommitSha.TryParse(sha, out var whole))
        {
            return await reader.WholeOfAsync(access.Name, sha, cancellationToken) is { } found
                ? Redirect(Address.Commit(access.Name, found))
                : NotFound();
        }

        var view = await reader.ReadAsync(access, whole, cancellationToken);
        if (view is null)
        {
            return NotFound();
        }

        View = view;
        return Page();
    }
}

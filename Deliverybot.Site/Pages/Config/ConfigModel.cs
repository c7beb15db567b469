using Deliverybot.Data.Names;
using Deliverybot.Jobs.Core.Repositories;
using Deliverybot.Site.Rights;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Deliverybot.Site.Pages.Config;

internal sealed class ConfigModel(RepositoryAuthorization authorization, ConfigReader reader, StarterReader starters, TryReader trial, DeployFileFaults faults, TimeProvider time)
    : PageModel
{
    public RepositoryAccess Access { get; private set; } = null!;

    public ConfigFile Current { get; private set; } = null!;

    [BindProperty]
    public TryForm Form { get; set; } = new();

    /// <summary>What the repository may begin with; null where it has a file.</summary>
    public Starter? Starter { get; private set; }

    public GitRef DefaultBranch => Access.DefaultBranch ?? GitRef.Branch("main");

    public TryAnswer? Answer { get; private set; }

    public async Task<IActionResult> OnGetAsync(string owner, string repo, CancellationToken cancellationToken)
    {
        if (!await SeeAsync(owner, repo, cancellationToken))
        {
            return NotFound();
        }

        Form = new TryForm { File = Current.Text ?? Starter?.File.Text ?? StarterFile.For(DefaultBranch.ShortName, schema: null, []), Event = TryForm.Push, Ref = DefaultBranch.ShortName };
        return Page();
    }

    /// <summary>Tries a file out. Nothing is kept or sent, so whoever may look may try.</summary>
    public async Task<IActionResult> OnPostAsync(string owner, string repo, CancellationToken cancellationToken)
    {
        if (!await SeeAsync(owner, repo, cancellationToken))
        {
            return NotFound();
        }

        Answer = await trial.TryAsync(Access, Form, cancellationToken);
        return Page();
    }

    private async Task<bool> SeeAsync(string owner, string repo, CancellationToken cancellationToken)
    {
        var access = await authorization.SeeAsync(new RepositoryName(owner, repo), cancellationToken);
        if (access is null)
        {
            return false;
        }

        var asked = time.GetUtcNow();
        Access = access;
        Current = await reader.ReadAsync(access.Name, cancellationToken);
        if (Current is ConfigFile.Sound or ConfigFile.Workflow or ConfigFile.Absent)
        {
            await faults.ForgetAsync(access.Id, asked, cancellationToken);
        }

        Starter = Current is ConfigFile.Absent ? await starters.ReadAsync(access.Name, DefaultBranch, cancellationToken) : null;
        return true;
    }
}

using Deliverybot.Site.Rights;
using Deliverybot.Site.SelfTest;
using Deliverybot.Site.Settings;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Deliverybot.Site.Pages.SetUp;

/// <summary>The self-test. For operators; for others there is no such page.</summary>
internal sealed class CheckModel(OperatorAuthorization operators, SelfTests tests, SiteSettings settings) : PageModel
{
    public IReadOnlyList<Checked> Checks { get; private set; } = [];

    /// <summary>Whether GitHub was made to send a webhook for it.</summary>
    public bool HasActed { get; private set; }

    /// <summary>As a browser should name where it is.</summary>
    public string PublicOrigin => settings.PublicUrl.GetLeftPart(UriPartial.Authority);

    public int Count(Verdict verdict) => Checks.Sum(made => made.Findings.Count(finding => finding.Verdict == verdict));

    public Task<IActionResult> OnGetAsync(CancellationToken cancellationToken) => ShowAsync(acting: false, cancellationToken);

    /// <summary>With what makes GitHub do something.</summary>
    public Task<IActionResult> OnPostActAsync(CancellationToken cancellationToken) => ShowAsync(acting: true, cancellationToken);

    private async Task<IActionResult> ShowAsync(bool acting, CancellationToken cancellationToken)
    {
        if (!await (acting ? operators.IsOperatorAsync(cancellationToken) : operators.MayLookAsync(cancellationToken)))
        {
            return NotFound();
        }

        HasActed = acting;
        Checks = await tests.RunAsync(acting, cancellationToken);
        return Page();
    }
}

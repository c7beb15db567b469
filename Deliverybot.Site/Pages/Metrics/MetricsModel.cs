using System.Globalization;
using System.Text;
using Deliverybot.Data.Names;
using Deliverybot.Site.Rights;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Deliverybot.Site.Pages.Metrics;

internal sealed class MetricsModel(RepositoryAuthorization authorization, MetricsReader reader) : PageModel
{
    public RepositoryAccess Access { get; private set; } = null!;

    [FromQuery]
    public MetricsFilter Filter { get; set; } = new();

    public MetricsView View { get; private set; } = null!;

    public IReadOnlyList<KeyCard> Cards => KeyCard.Of(View.Total);

    public async Task<IActionResult> OnGetAsync(string owner, string repo, string? format, CancellationToken cancellationToken)
    {
        var access = await authorization.LookAsync(new RepositoryName(owner, repo), cancellationToken);
        if (access is null)
        {
            return NotFound();
        }

        Access = access;
        View = await reader.ReadAsync(access.Id, Filter, cancellationToken);
        return format == "csv" ? Csv() : Page();
    }

    private FileContentResult Csv() => File(
        Encoding.UTF8.GetBytes(MetricsCsv.Of(View)),
        "text/csv; charset=utf-8",
        string.Create(
            CultureInfo.InvariantCulture,
            $"metrics-{Access.Name.Owner}-{Access.Name.Name}-{View.Window.From:yyyyMMdd}-{Filter.DayCount}d.csv"));
}

using System.Globalization;
using Deliverybot.Jobs.Metrics;

namespace Deliverybot.Site.Pages.Metrics;

/// <summary>The figures of one day, or of a few.</summary>
internal sealed record MetricsPoint(MetricsWindow Window, DeliveryKeys Keys)
{
    public string Label => Window.Days == 1
        ? Day(Window.From)
        : $"{Day(Window.From)} – {Day(Window.To.AddDays(-1))}";

    private static string Day(DateTimeOffset at) => at.ToString("d MMM", CultureInfo.InvariantCulture);
}

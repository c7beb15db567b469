using Deliverybot.Data.Names;

namespace Deliverybot.Site.Pages.Metrics;

internal static class MetricsLinks
{
    public static string To(RepositoryName repository) => $"/{repository}/metrics";
}

using Deliverybot.Data.Names;
using Microsoft.AspNetCore.WebUtilities;

namespace Deliverybot.Site.Pages.Metrics;

internal static class MetricsLinks
{
    public static string To(RepositoryName repository) => $"/{repository}/metrics";

    public static string To(RepositoryName repository, MetricsFilter filter) =>
        QueryHelpers.AddQueryString(To(repository), filter.Query.Where(part => part.Value is not null));

    public static string Csv(RepositoryName repository, MetricsFilter filter) =>
        QueryHelpers.AddQueryString(To(repository, filter), "format", "csv");
}

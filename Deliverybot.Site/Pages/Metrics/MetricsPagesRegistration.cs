namespace Deliverybot.Site.Pages.Metrics;

internal static class MetricsPagesRegistration
{
    public static IServiceCollection AddMetricsPage(this IServiceCollection services) => services.AddScoped<MetricsReader>();
}

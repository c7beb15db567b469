using Microsoft.Extensions.DependencyInjection;

namespace Deliverybot.Jobs.Metrics;

internal static class MetricsRegistration
{
    public static IServiceCollection AddMetricsQueries(this IServiceCollection services) => services.AddScoped<FinishedQuery>();
}

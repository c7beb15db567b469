using Microsoft.Extensions.DependencyInjection;

namespace Deliverybot.Jobs.Core.Reports;

internal static class ReportsRegistration
{
    public static IServiceCollection AddReports(this IServiceCollection services) => services
        .AddScoped<UncountedSuccesses>()
        .AddScoped<ReportedStatuses>();
}

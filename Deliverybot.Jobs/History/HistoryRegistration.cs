using Microsoft.Extensions.DependencyInjection;

namespace Deliverybot.Jobs.History;

internal static class HistoryRegistration
{
    public static IServiceCollection AddHistory(this IServiceCollection services) => services
        .AddScoped<Histories>()
        .AddScoped<HistoryRecord>()
        .AddScoped<ReadHistoryJob>();
}

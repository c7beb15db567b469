using Microsoft.Extensions.DependencyInjection;

namespace Deliverybot.Jobs.Rollbacks;

internal static class RollbacksRegistration
{
    public static IServiceCollection AddRollbacks(this IServiceCollection services) => services
        .AddScoped<EarlierDeployments>()
        .AddScoped<RollbackPlaces>()
        .AddScoped<EnvironmentRollbacks>();
}

using Deliverybot.Jobs.Deliveries;
using Microsoft.Extensions.DependencyInjection;

namespace Deliverybot.Jobs.Installations;

internal static class InstallationsRegistration
{
    public static IServiceCollection AddInstallations(this IServiceCollection services) => services
        .AddScoped<InstallationBook>()
        .AddScoped<RepositoryBook>()
        .AddScoped<RepositoryFinder>()
        .AddKeyedScoped<IDeliveryHandler, InstallationHandler>("installation")
        .AddKeyedScoped<IDeliveryHandler, InstallationRepositoriesHandler>("installation_repositories")
        .AddKeyedScoped<IDeliveryHandler, RepositoryHandler>("repository");
}

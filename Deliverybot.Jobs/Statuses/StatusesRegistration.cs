using Deliverybot.Jobs.Deliveries;
using Microsoft.Extensions.DependencyInjection;

namespace Deliverybot.Jobs.Statuses;

internal static class StatusesRegistration
{
    public static IServiceCollection AddStatuses(this IServiceCollection services) => services
        .AddScoped<CommitStatusWriter>()
        .AddScoped<DueCommitStatuses>()
        .AddScoped<WriteCommitStatusJob>()
        .AddSingleton<ConfigStatuses>()
        .AddScoped<DeploymentBook>()
        .AddKeyedScoped<IDeliveryHandler, DeploymentHandler>("deployment")
        .AddKeyedScoped<IDeliveryHandler, DeploymentStatusHandler>("deployment_status");
}

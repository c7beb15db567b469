using Microsoft.Extensions.DependencyInjection;

namespace Deliverybot.Jobs.Deploying;

internal static class DeployingRegistration
{
    public static IServiceCollection AddDeploying(this IServiceCollection services) => services
        .AddScoped<DeploymentWishes>()
        .AddScoped<DeploymentCreator>()
        .AddScoped<DeploymentEvaluator>()
        .AddScoped<InstallationEvaluator>()
        .AddScoped<EvaluateDeploymentJob>()
        .AddScoped<WishRecord>()
        .AddScoped<WaitingWishes>()
        .AddScoped<ManualActivity>()
        .AddScoped<ManualDeployments>()
        .AddScoped<ManualWishes>()
        .AddScoped<Cancellations>()
        .AddScoped<AbandonedAttempts>()
        .AddScoped<CommitChoice>()
        .AddScoped<Prospects>();
}

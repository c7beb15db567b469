using Deliverybot.Jobs.Deliveries;
using Microsoft.Extensions.DependencyInjection;

namespace Deliverybot.Jobs.AutoDeploy;

internal static class AutoDeployRegistration
{
    /// <summary>To be called after the handlers that write down what deployments have come to: a pipeline goes on from there.</summary>
    public static IServiceCollection AddAutoDeploy(this IServiceCollection services) => services
        .AddScoped<Rules>()
        .AddScoped<RulesChange>()
        .AddScoped<AutoDeployments>()
        .AddScoped<DeletedRefs>()
        .AddScoped<DroppedCommits>()
        .AddScoped<LateEvents>()
        .AddScoped<TagMoves>()
        .AddScoped<TakenAlong>()
        .AddKeyedScoped<IDeliveryHandler, PushHandler>("push")
        .AddKeyedScoped<IDeliveryHandler, ReleaseHandler>("release")
        .AddKeyedScoped<IDeliveryHandler, PipelineHandler>("deployment_status");
}

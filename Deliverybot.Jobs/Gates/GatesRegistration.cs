using Microsoft.Extensions.DependencyInjection;

namespace Deliverybot.Jobs.Gates;

internal static class GatesRegistration
{
    /// <summary>A new gate is one line here; the order is the order they are asked in.</summary>
    public static IServiceCollection AddGates(this IServiceCollection services) => services
        .AddSingleton<IGate, FreshnessGate>()
        .AddSingleton<IGate, AlreadyThereGate>()
        .AddSingleton<IGate, LockGate>()
        .AddSingleton<IGate, AfterGate>()
        .AddSingleton<IGate, QueueGate>()
        .AddSingleton<IGate, ChecksGate>()
        .AddSingleton<AllGates>()
        .AddScoped<AfterFactsReader>()
        .AddScoped<GateFactsReader>();
}

using Microsoft.Extensions.DependencyInjection;

namespace Deliverybot.Jobs.Rehearsing;

internal static class RehearsingRegistration
{
    public static IServiceCollection AddRehearsing(this IServiceCollection services) => services.AddScoped<Rehearsal>();
}

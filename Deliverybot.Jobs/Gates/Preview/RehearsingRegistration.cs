using Microsoft.Extensions.DependencyInjection;

namespace Deliverybot.Jobs.Gates.Preview;

internal static class RehearsingRegistration
{
    public static IServiceCollection AddRehearsing(this IServiceCollection services) => services.AddScoped<Rehearsal>();
}

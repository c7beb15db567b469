using Deliverybot.Jobs.Deliveries;
using Microsoft.Extensions.DependencyInjection;

namespace Deliverybot.Jobs.Checks;

internal static class ChecksRegistration
{
    public static IServiceCollection AddChecks(this IServiceCollection services) => services
        .AddKeyedScoped<IDeliveryHandler, StatusHandler>("status")
        .AddKeyedScoped<IDeliveryHandler, CheckRunHandler>("check_run")
        .AddKeyedScoped<IDeliveryHandler, CheckSuiteHandler>("check_suite");
}

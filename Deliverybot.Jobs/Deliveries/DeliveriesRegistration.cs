using Microsoft.Extensions.DependencyInjection;

namespace Deliverybot.Jobs.Deliveries;

internal static class DeliveriesRegistration
{
    public static IServiceCollection AddDeliveries(this IServiceCollection services) => services
        .AddSingleton<DeliveryInbox>()
        .AddSingleton<DispatchSignal>()
        .AddSingleton<DeliveryRelevance>()
        .AddSingleton<NewDeliveries>()
        .AddScoped<DeliveryProcessor>()
        .AddScoped<ProcessDeliveriesJob>();
}
